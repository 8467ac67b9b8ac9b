import type Yasgui from "@zazuko/yasgui";

/** A tab of the editor. */
export type Tab = InstanceType<typeof Yasgui.Tab>;

/** The text field of a tab. */
export type Yasqe = NonNullable<ReturnType<Tab["getYasqe"]>>;

/** A class that makes text fields, and holds what all of them have. */
export type YasqeClass = typeof Yasgui.Yasqe;

/** A class that shows answers, and holds the ways in which all of them do. */
export type YasrClass = typeof Yasgui.Yasr;
