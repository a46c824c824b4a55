import {
  type ApplyInput,
  ASSISTANT_TOOLS,
  type AssistantToolName,
  type CheckInput,
  type ExplainInput,
  type PatternsInput,
} from '../../../protocol/assistantTools.ts';
import { applyTool } from './applyTool.ts';
import { checkTool } from './checkTool.ts';
import { explainTool } from './explainTool.ts';
import { inputFault } from './inputFault.ts';
import { patternsTool } from './patternsTool.ts';
import { ToolRefusal } from './toolRefusal.ts';
import type { ToolWorkspace } from './toolWorkspace.ts';

const TOOLS: Readonly<Record<AssistantToolName, (input: never, workspace: ToolWorkspace) => Promise<object>>> = {
  check: (input: CheckInput, workspace) => checkTool(input, workspace),
  patterns: (input: PatternsInput, workspace) => patternsTool(input, workspace),
  explain: (input: ExplainInput, workspace) => explainTool(input, workspace),
  apply: (input: ApplyInput, workspace) => applyTool(input, workspace),
};

/** Runs a tool on input of unknown origin. Rejects with `ToolRefusal` where the input cannot be followed. */
export async function runTool(name: string, input: unknown, workspace: ToolWorkspace): Promise<object> {
  const tool = ASSISTANT_TOOLS.find((candidate) => candidate.name === name);
  if (!tool) throw new ToolRefusal(`There is no tool '${name}'.`);
  const fault = inputFault(input, tool.inputSchema);
  if (fault !== undefined) throw new ToolRefusal(`The input of ${name} is wrong: ${fault}.`);
  return TOOLS[tool.name](input as never, workspace);
}
