// What a page gains where scripts run. Nothing here is needed for a page to work.
import {
  Button, CharacterCount, Checkboxes, ErrorSummary, ExitThisPage, NotificationBanner,
  PasswordInput, Radios, SkipLink, createAll,
} from "govuk-frontend";
import { keepDrafts } from "./autosave.js";
import { lookBack } from "./moment.js";

/** Leaves at once, and not into the history: Back does not lead to the page again. */
class Exit extends ExitThisPage {
  exitPage() {
    super.exitPage();
    window.location.replace(this.$button.href);
  }
}

for (const Component of [
  Button, CharacterCount, Checkboxes, ErrorSummary, Exit, NotificationBanner,
  PasswordInput, Radios, SkipLink,
]) {
  createAll(Component);
}

for (const region of document.querySelectorAll("[data-moment]")) lookBack(region);
for (const form of document.querySelectorAll("form[data-autosave]")) keepDrafts(form);
