import {
  type CallToolResult,
  fromJsonSchema,
  type JsonSchemaType,
  McpServer,
  type ServerContext,
} from '@modelcontextprotocol/server';
import packageManifest from '../../package.json' with { type: 'json' };
import { ASSISTANT_TOOLS } from '../../protocol/assistantTools.ts';
import { runTool } from '../../server/src/assistant/runTool.ts';
import { ToolRefusal } from '../../server/src/assistant/toolRefusal.ts';
import { type McpCall, McpWorkspace } from './mcpWorkspace.ts';

/** The tools of an assistant, for the files below some folders. Each call reads what is on disk then. */
export function mcpServer(folders: readonly string[], program: string): McpServer {
  const server = new McpServer(
    { name: 'slipway', title: 'Slipway', version: packageManifest.version },
    {
      instructions:
        'Slipway checks Dockerfiles, Kubernetes and Istio manifests, Helm charts, Kustomize and Terraform of this workspace against a catalog of architecture patterns. Check after each change of such a file; ask explain for the rule of a finding before mending it.',
    },
  );
  const workspace = new McpWorkspace(folders, program);
  for (const { description, inputSchema, mayWrite, name, outputSchema, title } of ASSISTANT_TOOLS) {
    server.registerTool(
      name,
      {
        title,
        description,
        inputSchema: fromJsonSchema(inputSchema as unknown as JsonSchemaType),
        outputSchema: fromJsonSchema(outputSchema as unknown as JsonSchemaType),
        annotations: {
          readOnlyHint: !mayWrite,
          destructiveHint: false,
          idempotentHint: true,
          openWorldHint: false,
        },
      },
      async (input: unknown, context: ServerContext): Promise<CallToolResult> => {
        try {
          const output = await runTool(name, input, await workspace.read(callOf(context)));
          return { content: [{ type: 'text', text: JSON.stringify(output) }], structuredContent: { ...output } };
        } catch (error) {
          if (error instanceof ToolRefusal) return { isError: true, content: [{ type: 'text', text: error.message }] };
          if (!context.mcpReq.signal.aborted)
            process.stderr.write(
              `slipway: internal fault in ${name}: ${error instanceof Error ? error.stack : error}\n`,
            );
          throw error;
        }
      },
    );
  }
  return server;
}

function callOf({ mcpReq }: ServerContext): McpCall {
  const progressToken = mcpReq._meta?.progressToken;
  return {
    signal: mcpReq.signal,
    report: async (progress, total, message) => {
      if (progressToken === undefined) return;
      await mcpReq.notify({
        method: 'notifications/progress',
        params: { progressToken, progress, message, ...(total === undefined ? {} : { total }) },
      });
    },
  };
}
