import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, describe, it } from 'mocha';
import type {
  CompletionItem,
  CompletionList,
  DocumentSymbol,
  FoldingRange,
  Hover,
  Location,
  SymbolInformation,
} from 'vscode-languageserver/node';
import {
  type ApplicationNode,
  type ExplainResult,
  explainRequest,
  type PatternNode,
  patternsRequest,
  pipelineRequest,
  type WorkloadNode,
  workloadsRequest,
} from '../../protocol/slipwayProtocol.ts';
import { RULES } from '../../server/src/patterns/registry.generated.ts';
import { FULL_CLIENT } from './fullClient.ts';
import { ServerUnderTest, SHOP, until } from './serverUnderTest.ts';

const ROUTE = 'deploy/catalog/virtual-service.yaml';

describe('the shop over stdio', () => {
  let server: ServerUnderTest;
  let route: string;
  let routeText: string;

  before(async () => {
    server = await ServerUnderTest.start({ capabilities: FULL_CLIENT, folder: SHOP });
    routeText = await readFile(path.join(SHOP, ROUTE), 'utf8');
    route = await server.open(ROUTE, routeText);
    await until(
      async () =>
        (await server.connection.sendRequest<WorkloadNode[]>(workloadsRequest)).some(({ name }) => name === 'orders'),
      () => 'The workspace was never read.',
    );
  });
  after(async () => {
    assert.equal(await server.stop(), 0);
  });

  const positionOf = (text: string, offset = 0): { line: number; character: number } => {
    const index = routeText.indexOf(text);
    assert.ok(index >= 0, `${ROUTE} does not say ${text}.`);
    const before = routeText.slice(0, index + offset).split('\n');
    return { line: before.length - 1, character: before.at(-1)!.length };
  };

  it('tells progress while it reads the workspace', async () => {
    const marks = (): string[] => server.progress.map(({ kind }) => kind).filter((kind) => kind !== 'report');
    await until(
      () => marks().includes('end'),
      () => `Progress: ${marks().join(', ')}`,
    );
    assert.deepEqual(marks(), ['begin', 'end']);
  });

  it('leads from a route to its Service, and back to all who use it', async () => {
    const textDocument = { uri: route };
    const position = positionOf('host: catalog', 'host: '.length + 2);
    const definitions = await server.connection.sendRequest<Location[]>('textDocument/definition', {
      textDocument,
      position,
    });
    assert.deepEqual(
      definitions.map(({ uri }) => uri),
      [server.uri('deploy/catalog/service.yaml')],
    );
    const hover = await server.connection.sendRequest<Hover>('textDocument/hover', { textDocument, position });
    assert.match(JSON.stringify(hover.contents), /Service catalog/);
    const references = await server.connection.sendRequest<Location[]>('textDocument/references', {
      textDocument: { uri: definitions[0]!.uri },
      position: definitions[0]!.range.start,
      context: { includeDeclaration: false },
    });
    const files = new Set(references.map(({ uri }) => path.posix.basename(uri)));
    assert.ok(files.has('virtual-service.yaml') && files.has('destination-rule.yaml'), [...files].join(', '));
  });

  it('completes a name from the workspace', async () => {
    const { items } = await server.connection.sendRequest<{
      items: { label: string; textEdit: { newText: string } }[];
    }>('textDocument/completion', {
      textDocument: { uri: route },
      position: positionOf('host: catalog', 'host: '.length + 2),
    });
    const orders = items.find(({ label }) => label === 'orders');
    assert.equal(orders?.textEdit.newText, 'orders');
    assert.equal(new Set(items.map(({ label }) => label)).size, items.length, 'no offer stands there twice');
  });

  it('completes and explains fields from their schemas, with documentation when it is looked at', async () => {
    const text = 'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: suite\nspec:\n  repl\n';
    const uri = await server.open('deploy/suite.yaml', text);
    const { items } = await server.connection.sendRequest<CompletionList>('textDocument/completion', {
      textDocument: { uri },
      position: { line: 5, character: 6 },
    });
    const replicas = items.find(({ label }) => label === 'replicas');
    assert.ok(replicas, items.map(({ label }) => label).join(', '));
    assert.equal(replicas.documentation, undefined);
    const resolved = await server.connection.sendRequest<CompletionItem>('completionItem/resolve', replicas);
    assert.match(JSON.stringify(resolved.documentation), /desired pods/);
    const hover = await server.connection.sendRequest<Hover>('textDocument/hover', {
      textDocument: { uri },
      position: { line: 1, character: 2 },
    });
    assert.match(JSON.stringify(hover.contents), /Deployment/);
    await server.connection.sendNotification('textDocument/didClose', { textDocument: { uri } });
  });

  it('outlines and folds', async () => {
    const textDocument = { uri: route };
    const symbols = await server.connection.sendRequest<DocumentSymbol[]>('textDocument/documentSymbol', {
      textDocument,
    });
    assert.deepEqual(
      symbols.map(({ name, detail }) => [name, detail]),
      [['catalog', 'VirtualService']],
    );
    const ranges = await server.connection.sendRequest<FoldingRange[]>('textDocument/foldingRange', { textDocument });
    assert.ok(ranges.some(({ startLine }) => startLine === positionOf('spec:').line));
  });

  it('finds resources of the workspace by kind and name', async () => {
    const found = await server.connection.sendRequest<SymbolInformation[]>('workspace/symbol', {
      query: 'service cata',
    });
    assert.ok(
      found.some(({ location, name }) => name === 'catalog' && location.uri.endsWith('/deploy/catalog/service.yaml')),
    );
    assert.deepEqual(await server.connection.sendRequest('workspace/symbol', { query: 'zzz' }), []);
  });

  it('lists the patterns with participants at their lines', async () => {
    const patterns = await server.connection.sendRequest<PatternNode[]>(patternsRequest);
    const mesh = patterns.find(({ id }) => id === 'service-mesh');
    assert.ok(mesh && mesh.instances.length > 0);
    for (const { location, name, role } of patterns.flatMap(({ instances }) =>
      instances.flatMap(({ participants }) => participants),
    )) {
      assert.ok(
        location.uri.startsWith(server.uri('')) && role !== '' && name !== '',
        JSON.stringify({ location, name, role }),
      );
    }
  });

  it('has a page for every rule, where the diagnostics link to', async () => {
    for (const { id } of RULES) {
      const page = await server.connection.sendRequest<ExplainResult>(explainRequest, { id });
      const [group, fault] = id.split('/');
      assert.ok(page, `${id} has no page`);
      assert.match(page.markdown, new RegExp(`^## ${fault}\\n`), id);
      const whole = await server.connection.sendRequest<ExplainResult>(explainRequest, { id: group });
      assert.ok(whole?.markdown.includes(page.markdown), group);
    }
    for (const id of ['no-such-pattern', 'canary/no-such-rule', '../../package', '']) {
      assert.equal(await server.connection.sendRequest(explainRequest, { id }), null, id);
    }
  });

  it('lists the applications with six stages and their manifests', async () => {
    const applications = await server.connection.sendRequest<ApplicationNode[]>(pipelineRequest);
    const storefront = applications.find(({ name }) => name === 'storefront');
    assert.ok(storefront, JSON.stringify(applications));
    assert.deepEqual(
      storefront.stages.map(({ id }) => id),
      ['develop', 'build', 'containerize', 'push', 'deploy', 'integrate'],
    );
    assert.deepEqual(
      storefront.manifests.map(({ kind, workload }) => [kind, workload]),
      [['Deployment', 'storefront']],
    );
    assert.match(storefront.images[0] ?? '', /storefront:/);
    const orders = applications.find(({ name }) => name === 'orders');
    assert.match(orders?.stages[0]?.evidence[0]?.text ?? '', /Spring Boot \(Java\), from pom\.xml/);
  });
});
