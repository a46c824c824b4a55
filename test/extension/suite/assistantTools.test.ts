import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { TOOL_PREFIX } from '../../../client/src/languageClient/assistantTools.ts';
import { ASSISTANT_TOOLS } from '../../../protocol/assistantTools.ts';
import { openWorkspaceFile } from './openWorkspaceFile.ts';
import { slipwayExtension } from './slipwayExtension.ts';

const DEPLOYMENT = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: suite-assistant
spec:
  selector:
    matchLabels: { app: suite-assistant }
  template:
    metadata:
      labels: { app: suite-assistant }
    spec:
      containers:
        - name: web
          image: registry.example.com/assistant:1.0.0
`;

async function use(tool: string, input: object): Promise<{ written?: boolean; title?: string; total?: number }> {
  const { content } = await vscode.lm.invokeTool(`${TOOL_PREFIX}${tool}`, { input, toolInvocationToken: undefined });
  const [part] = content;
  assert.ok(part instanceof vscode.LanguageModelTextPart);
  return JSON.parse(part.value);
}

describe("the editor's tools for assistants", () => {
  it('have the names, the descriptions and the schemas of slipway mcp', async () => {
    await slipwayExtension().activate();
    const own = vscode.lm.tools.filter(({ name }) => name.startsWith(TOOL_PREFIX));
    assert.deepEqual(
      own
        .map(({ description, inputSchema, name }) => ({ name, description, inputSchema }))
        .sort((a, b) => (a.name < b.name ? -1 : 1)),
      ASSISTANT_TOOLS.map(({ description, inputSchema, name }) => ({
        name: `${TOOL_PREFIX}${name}`,
        description,
        inputSchema,
      })).sort((a, b) => (a.name < b.name ? -1 : 1)),
    );
  });

  it('answer, and change a file only when they are told to', async () => {
    const document = await openWorkspaceFile('suite/assistant.yaml', DEPLOYMENT);
    assert.match((await use('explain', { id: 'canary' })).title ?? '', /canary/);
    assert.equal(typeof (await use('check', { paths: ['suite/assistant.yaml'] })).total, 'number');
    const input = { pattern: 'requests-limits', workload: 'suite-assistant' };
    assert.equal((await use('apply', input)).written, false);
    assert.equal(document.getText(), DEPLOYMENT);
    await assert.rejects(use('apply', { ...input, workload: 'nobody' }), /There is no workload 'nobody'/);
  });
});
