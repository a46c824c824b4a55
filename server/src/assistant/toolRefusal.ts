/** The input of a tool cannot be followed. The message is for the assistant: what is wrong, and what there is instead. */
export class ToolRefusal extends Error {
  override readonly name = 'ToolRefusal';
}
