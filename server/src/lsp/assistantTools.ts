import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { CancellationToken } from 'vscode-languageserver/node';
import {
  type AssistantToolParams,
  type AssistantToolResult,
  assistantToolRequest,
} from '../../../protocol/assistantTools.ts';
import { runTool } from '../assistant/runTool.ts';
import { ToolRefusal } from '../assistant/toolRefusal.ts';
import type { ToolWorkspace } from '../assistant/toolWorkspace.ts';
import { KnownRules } from '../rules/knownRules.ts';
import { canonicalUri } from './canonicalUri.ts';
import type { LspFeature } from './lspFeature.ts';
import type { Session } from './session.ts';
import { TimeSlice } from './timeSlice.ts';
import { toWorkspaceEdit } from './toWorkspaceEdit.ts';
import { whenLoaded } from './whenLoaded.ts';

/** The tools of an assistant in the editor: they see what is typed, and write by edits that the editor can undo. */
export const assistantTools: LspFeature = {
  name: 'assistant tools',
  capabilities: () => ({ experimental: { slipway: [assistantToolRequest] } }),
  register(session) {
    const answer = session.faults.request<AssistantToolParams, AssistantToolResult>(
      assistantToolRequest,
      { refused: 'Slipway could not answer because of a fault of its own.' },
      async ({ input, tool }, token) => {
        await whenLoaded(session.workspace);
        try {
          return { output: await runTool(tool, input, toolWorkspace(session, token)) };
        } catch (error) {
          if (error instanceof ToolRefusal) return { refused: error.message };
          throw error;
        }
      },
    );
    session.connection.onRequest(
      assistantToolRequest,
      (params: AssistantToolParams, token: CancellationToken): Promise<unknown> => answer(params, token),
    );
  },
};

function toolWorkspace(session: Session, token: CancellationToken): ToolWorkspace {
  const { catalog, client, connection, findings, pages, workspace } = session;
  const snapshot = workspace.snapshot();
  const folders = workspace.folders.map((folder) => folder.replace(/\/$/, ''));
  const isInside = (uri: string): boolean => folders.some((folder) => uri === folder || uri.startsWith(`${folder}/`));
  const slice = new TimeSlice(token);
  return {
    snapshot,
    files: [...snapshot.files.keys()].filter(isInside),
    patterns: catalog.patterns,
    known: catalog.rules.known ?? new KnownRules(catalog.rules.rules, [...catalog.patterns, ...catalog.groups]),
    findingsOf: (uri, profile) => (profile === undefined ? findings.of(uri) : findings.ofProfile(uri, profile)),
    page: (id) => pages.read(id),
    pathOf: (uri) => {
      const [only, ...others] = folders;
      const isRelative = others.length === 0 && only !== undefined && isInside(uri);
      return decodeURIComponent(isRelative ? uri.slice(only.length + 1) : new URL(uri).pathname);
    },
    uriOf: async (named) => {
      const [first] = folders;
      const uri = canonicalUri(pathToFileURL(path.resolve(first ? fileURLToPath(first) : path.sep, named)).href);
      if (!isInside(uri)) throw new ToolRefusal(`'${named}' lies outside of the workspace.`);
      const isKnown =
        folders.includes(uri) || [...snapshot.files.keys()].some((file) => file === uri || file.startsWith(`${uri}/`));
      if (!isKnown) throw new ToolRefusal(`Slipway knows no file below '${named}' in the workspace.`);
      return uri;
    },
    write: async (change, label) => {
      const edit = toWorkspaceEdit(change, workspace, client);
      const { applied, failureReason } = edit
        ? await connection.workspace.applyEdit({ label, edit })
        : { applied: false, failureReason: 'the editor cannot create files' };
      if (!applied) {
        const reason = failureReason ?? 'a file changed meanwhile, or one of the new files exists';
        throw new ToolRefusal(`Nothing was written: ${reason}.`);
      }
    },
    rest: () => slice.rest(),
  };
}
