// How a new part of a form begins: without words that the editor would make up, since those could go out to people.
import { labelOf } from "./panel.js";

const LATE = 400; // after the editor's own ideas
const YES_OR_NO = [{ label: "Yes", value: "yes" }, { label: "No", value: "no" }];

export class Fresh {
  static $inject = ["eventBus"];

  constructor(eventBus) {
    eventBus.on("commandStack.formField.add.preExecute", LATE, ({ context }) => {
      const field = context.formField;
      if (field[labelOf(field)] !== undefined) field[labelOf(field)] = "";
      if (field.values) field.values = YES_OR_NO.map((one) => ({ ...one }));
      if (field.type === "text") field.text = "";
      if (field.type === "table") Object.assign(field, { dataSource: "", columns: [] });
      if (field.type === "expression") field.expression = "";
    });
  }
}
