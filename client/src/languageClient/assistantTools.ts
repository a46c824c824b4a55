import {
  Disposable,
  LanguageModelTextPart,
  type LanguageModelTool,
  LanguageModelToolResult,
  lm,
  type PreparedToolInvocation,
} from 'vscode';
import { ASSISTANT_TOOLS, type AssistantTool } from '../../../protocol/assistantTools.ts';
import type { SlipwayServer } from './slipwayServer.ts';

/** Names of tools are shared by all extensions; the part behind the prefix is the name that `slipway mcp` has for it. */
export const TOOL_PREFIX = 'slipway_';

/** Offers the tools of `slipway mcp` to the assistants of the editor; package.json tells them what each is for. */
export function assistantTools(server: SlipwayServer): Disposable {
  return Disposable.from(
    ...ASSISTANT_TOOLS.map((tool) => lm.registerTool(`${TOOL_PREFIX}${tool.name}`, editorTool(tool, server))),
  );
}

function editorTool(tool: AssistantTool, server: SlipwayServer): LanguageModelTool<object> {
  return {
    prepareInvocation: ({ input }) => preparation(tool, input),
    invoke: async ({ input }, token) => {
      const result = await server.assistantTool({ tool: tool.name, input }, token);
      // The message of an error is what the model gets to read.
      if ('refused' in result) throw new Error(result.refused);
      return new LanguageModelToolResult([new LanguageModelTextPart(JSON.stringify(result.output))]);
    },
  };
}

/** Asks before files are changed; what only reads needs no consent. */
function preparation({ mayWrite, title }: AssistantTool, input: object): PreparedToolInvocation {
  const { pattern, workload, write } = input as { pattern?: unknown; workload?: unknown; write?: unknown };
  if (!mayWrite || write !== true) return { invocationMessage: title };
  return {
    invocationMessage: `Apply ${pattern} to ${workload}`,
    confirmationMessages: {
      title,
      message: `Slipway will change files of this workspace to add ${pattern} to ${workload}. One undo takes it back.`,
    },
  };
}
