/** The fields of expressions, loaded when the first is opened. */
export { Assignments } from "./Assignments";
export { Expression, ExpressionText } from "./Expression";
