import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import {
  type CompletionList,
  type Hover,
  type Location,
  ResponseError,
  type SignatureHelp,
  type TextEdit,
  type WorkspaceEdit,
} from 'vscode-languageserver/node';
import { applyChanges } from './applyChanges.ts';
import { FULL_CLIENT } from './fullClient.ts';
import { ServerUnderTest, until } from './serverUnderTest.ts';

const DOCKERFILE =
  'ARG VERSION=22\nFROM node:${VERSION} AS build\nRUN npm ci\nFROM scratch\nCOPY --from=build /app /app\n';
const VARIABLES = 'variable "region" {\n  type = string\n}\n';
const MAIN = 'locals {\n  where = upper(var.region)\n}\n';

describe('Dockerfiles and Terraform over stdio', () => {
  let server: ServerUnderTest;
  let dockerfile: string;
  let main: string;

  before(async () => {
    server = await ServerUnderTest.start({
      capabilities: FULL_CLIENT,
      files: { 'app/Dockerfile': DOCKERFILE, 'infra/variables.tf': VARIABLES, 'infra/main.tf': MAIN },
    });
    dockerfile = await server.open('app/Dockerfile', DOCKERFILE, 'dockerfile');
    main = await server.open('infra/main.tf', MAIN, 'terraform');
    await until(
      () => server.progress.some(({ kind }) => kind === 'end'),
      () => 'The workspace was never read.',
    );
  });
  after(async () => {
    assert.equal(await server.stop(), 0);
  });

  const ask = <Answer>(
    method: string,
    uri: string,
    line: number,
    character: number,
    more: object = {},
  ): Promise<Answer> =>
    server.connection.sendRequest(method, { textDocument: { uri }, position: { line, character }, ...more });

  it('lead from a stage to its name, and rename it everywhere', async () => {
    const definitions = await ask<Location[]>('textDocument/definition', dockerfile, 4, 14);
    assert.deepEqual(
      definitions.map(({ range }) => range.start),
      [{ line: 1, character: 24 }],
    );
    const edit = await ask<WorkspaceEdit>('textDocument/rename', dockerfile, 4, 14, { newName: 'compile' });
    const renamed = DOCKERFILE.replace('AS build', 'AS compile').replace('--from=build', '--from=compile');
    assert.equal(applyChanges(edit, dockerfile, DOCKERFILE), renamed);
  });

  it('refuse a rename in words', async () => {
    await assert.rejects(ask('textDocument/rename', dockerfile, 4, 14, { newName: '9 lives' }), (error) => {
      return error instanceof ResponseError && /stage name/.test(error.message);
    });
  });

  it('explain an instruction and offer others', async () => {
    const hover = await ask<Hover>('textDocument/hover', dockerfile, 4, 2);
    assert.match(JSON.stringify(hover.contents), /COPY/);
    await server.connection.sendNotification('textDocument/didChange', {
      textDocument: { uri: dockerfile, version: 2 },
      contentChanges: [{ range: { start: { line: 5, character: 0 }, end: { line: 5, character: 0 } }, text: 'HEAL' }],
    });
    const { items } = await ask<CompletionList>('textDocument/completion', dockerfile, 5, 4);
    assert.ok(
      items.some(({ label }) => label.startsWith('HEALTHCHECK')),
      items.map(({ label }) => label).join(', '),
    );
  });

  it('rename a variable in every file of its module', async () => {
    const edit = await ask<WorkspaceEdit>('textDocument/rename', main, 1, 22, { newName: 'area' });
    assert.equal(applyChanges(edit, main, MAIN), MAIN.replace('var.region', 'var.area'));
    const variables = server.uri('infra/variables.tf');
    assert.equal(applyChanges(edit, variables, VARIABLES), VARIABLES.replace('"region"', '"area"'));
  });

  it('show the parameters of a function', async () => {
    const help = await ask<SignatureHelp>('textDocument/signatureHelp', main, 1, 16);
    assert.match(help.signatures[0]?.label ?? '', /^upper\(/);
    assert.equal(help.activeParameter, 0);
  });

  it('format a file as a whole', async () => {
    const text = 'locals {\n    a=1\n  long = 2\n}\n';
    const uri = await server.open('infra/untidy.tf', text, 'terraform');
    const edits = await server.connection.sendRequest<TextEdit[]>('textDocument/formatting', {
      textDocument: { uri },
      options: { tabSize: 2, insertSpaces: true },
    });
    const formatted = applyChanges({ changes: { [uri]: edits } }, uri, text);
    assert.equal(formatted, 'locals {\n  a    = 1\n  long = 2\n}\n');
  });
});
