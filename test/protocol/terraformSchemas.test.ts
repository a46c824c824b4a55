import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'mocha';
import type { CompletionItem, CompletionList, DocumentDiagnosticReport, Hover } from 'vscode-languageserver/node';
import { providerSchemasRequest } from '../../protocol/slipwayProtocol.ts';
import { needsProviders } from '../schema/terraform/providers.ts';
import { FULL_CLIENT } from './fullClient.ts';
import { ServerUnderTest, until } from './serverUnderTest.ts';

const MAIN = `resource "aws_vpc" "main" {
  cidr_blok = "10.0.0.0/16"
  
}
resource "shop_cart" "main" {
  nam = "x"
}
`;
const PRINTED = {
  provider_schemas: {
    'registry.terraform.io/hashicorp/shop': {
      resource_schemas: { shop_cart: { block: { attributes: { name: { type: 'string', required: true } } } } },
    },
  },
};

describe('schemas of Terraform over stdio', () => {
  let server: ServerUnderTest;
  let main: string;
  let folder = '';

  before(async function () {
    needsProviders.call(this);
    folder = await mkdtemp(join(tmpdir(), 'slipway-printed-'));
    server = await ServerUnderTest.start({ capabilities: FULL_CLIENT, files: { 'infra/main.tf': MAIN } });
    main = await server.open('infra/main.tf', MAIN, 'terraform');
    await until(
      () => server.progress.some(({ kind }) => kind === 'end'),
      () => 'The workspace was never read.',
    );
  });
  after(async () => {
    // Nothing was started where the suite is skipped.
    if (folder === '') return;
    await rm(folder, { recursive: true });
    assert.equal(await server.stop(), 0);
  });

  const messages = async (): Promise<readonly string[]> => {
    const report = await server.connection.sendRequest<DocumentDiagnosticReport>('textDocument/diagnostic', {
      textDocument: { uri: main },
    });
    assert.equal(report.kind, 'full');
    return report.kind === 'full' ? report.items.map(({ message }) => String(message)) : [];
  };

  it('complete an argument, with its documentation when it is looked at', async () => {
    const position = { line: 2, character: 2 };
    const list = await server.connection.sendRequest<CompletionList>('textDocument/completion', {
      textDocument: { uri: main },
      position,
    });
    const item = list.items.find(({ label }) => label === 'enable_dns_support');
    assert.ok(item);
    const resolved = await server.connection.sendRequest<CompletionItem>('completionItem/resolve', item);
    assert.match(JSON.stringify(resolved.documentation), /DNS support/);
  });

  it('explain a type', async () => {
    const hover = await server.connection.sendRequest<Hover>('textDocument/hover', {
      textDocument: { uri: main },
      position: { line: 0, character: 14 },
    });
    assert.match(JSON.stringify(hover.contents), /hashicorp\/aws/);
  });

  it('find what does not fit, and know installed providers once they are told', async () => {
    assert.ok((await messages()).some((message) => message.includes('`cidr_blok` is not an argument of aws_vpc')));
    assert.ok(!(await messages()).some((message) => message.includes('shop_cart')));
    const file = join(folder, 'printed.json');
    await writeFile(file, JSON.stringify(PRINTED));
    const infra = main.slice(0, main.lastIndexOf('/'));
    assert.deepEqual(await server.connection.sendRequest(providerSchemasRequest, { folder: infra, file }), {
      providers: 1,
    });
    assert.ok((await messages()).some((message) => message.includes('`nam` is not an argument of shop_cart')));
    await server.connection.sendRequest(providerSchemasRequest, { folder: infra, file: null });
    assert.ok(!(await messages()).some((message) => message.includes('shop_cart')));
  });
});
