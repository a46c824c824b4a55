import type { Action, Command, Operand, Pipeline, Template, TemplateNode } from './templateSyntax.ts';

/** A pipeline with the action that it stands in. */
export interface PlacedPipeline {
  readonly pipeline: Pipeline;
  readonly action: Action;
}

/** Every node of a template, blocks before what they hold. */
export function* allNodes(nodes: readonly TemplateNode[]): Generator<TemplateNode> {
  for (const node of nodes) {
    yield node;
    if (node.kind === 'define' || node.kind === 'block') yield* allNodes(node.body);
    if (node.kind === 'control') for (const { body } of node.branches) yield* allNodes(body);
  }
}

/** The pipeline of each action that has one. */
export function* allPipelines({ nodes }: Template): Generator<PlacedPipeline> {
  for (const node of allNodes(nodes)) {
    if (node.kind === 'output') yield { pipeline: node.pipeline, action: node.action };
    if ((node.kind === 'template' || node.kind === 'block') && node.pipeline) {
      yield { pipeline: node.pipeline, action: node.action };
    }
    if (node.kind !== 'control') continue;
    for (const { pipeline, action } of node.branches) if (pipeline) yield { pipeline, action };
  }
}

/** A call as it is written: a command whose first operand is a function, or a function alone. */
export interface PlacedCommand {
  readonly command: Command;
  /** The value of the command before it is its last argument. */
  readonly isPiped: boolean;
}

/** The commands of a pipeline and of every parenthesis in it. */
export function* allCommands(pipeline: Pipeline): Generator<PlacedCommand> {
  for (const [index, command] of pipeline.commands.entries()) {
    yield { command, isPiped: index > 0 };
    for (const operand of command.operands) yield* commandsInside(operand);
  }
}

function* commandsInside(operand: Operand): Generator<PlacedCommand> {
  if (operand.kind === 'parenthesis') yield* allCommands(operand.pipeline);
  if (operand.kind === 'chain') yield* commandsInside(operand.base);
}
