// What a page gains where scripts run. Nothing here is needed for a page to work.
import {
  Button, CharacterCount, Checkboxes, ErrorSummary, ExitThisPage, NotificationBanner,
  PasswordInput, Radios, SkipLink, createAll,
} from "govuk-frontend";
import { keepDrafts } from "./autosave.js";

for (const Component of [
  Button, CharacterCount, Checkboxes, ErrorSummary, ExitThisPage, NotificationBanner,
  PasswordInput, Radios, SkipLink,
]) {
  createAll(Component);
}

for (const form of document.querySelectorAll("form[data-autosave]")) keepDrafts(form);
