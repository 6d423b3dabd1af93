// Only what the engine carries out, in the menus of the editor. Everything else that a file holds stays as it is.
const PALETTE = new Set([
  ...["hand-tool", "lasso-tool", "space-tool", "global-connect-tool", "tool-separator"],
  ...["create.start-event", "create.end-event", "create.exclusive-gateway", "create.task", "create.participant-expanded"],
  "create.subprocess-expanded",
]);
const AROUND = /^(append\.(end-event|gateway|append-task|intermediate-event|text-annotation)|replace|delete|connect|lane-)/;
const KINDS = [
  ...["user-task", "send-task", "rule-task", "service-task", "call-activity", "expanded-subprocess", "event-subprocess"],
  ...["exclusive-gateway", "parallel-gateway", "inclusive-gateway", "event-based-gateway", "event-based"],
  ...["none-start", "message-start", "timer-start", "non-interrupting-message-start", "non-interrupting-timer-start"],
  ...["non-interrupting-escalation-start", "escalation-start", "signal-start", "none-end", "terminate-end", "message-end"],
  ...["escalation-end", "signal-end", "timer-intermediate-catch", "message-intermediate-catch", "escalation-intermediate-throw"],
  ...["signal-intermediate-throw", "none-intermediate-throwing", "timer-boundary", "non-interrupting-timer-boundary"],
  ...["message-boundary", "non-interrupting-message-boundary", "escalation-boundary", "signal-boundary"],
  ...["non-interrupting-escalation-boundary", "non-interrupting-signal-boundary", "default-flow", "sequence-flow"],
];
const MENU = new RegExp(`^replace-with-(${KINDS.join("|")})$|^toggle-`);
const LAST = 400; // providers that come later see what the others gave

const only = (keep) => () => (entries) => Object.fromEntries(Object.entries(entries).filter(([key]) => keep(key)));

export class Plain {
  static $inject = ["palette", "contextPad", "popupMenu"];

  constructor(palette, contextPad, popupMenu) {
    palette.registerProvider(LAST, { getPaletteEntries: only((key) => PALETTE.has(key)) });
    contextPad.registerProvider(LAST, { getContextPadEntries: only((key) => AROUND.test(key)) });
    popupMenu.registerProvider("bpmn-replace", LAST, {
      getPopupMenuEntries: only((key) => MENU.test(key)),
      getPopupMenuHeaderEntries: only(() => true),
    });
  }
}
