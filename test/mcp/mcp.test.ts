import assert from 'node:assert/strict';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type CallToolResult, Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { ASSISTANT_TOOLS } from '../../protocol/assistantTools.ts';
import { ROOT, runCli } from '../cli/runCli.ts';

const DEPLOYMENT = `\ufeffapiVersion: apps/v1
kind: Deployment
metadata:
  name: cart # of a customer
  namespace: shop
spec:
  replicas: 2
  selector:
    matchLabels: { app: cart }
  template:
    metadata:
      labels: { app: cart }
    spec:
      containers:
        - name: web
          image: registry.example.com/cart:1.4.0
          env:
            - name: DB_PASSWORD
              value: s3cr3t-Zx81-hunter
---
apiVersion: v1
kind: Secret
metadata: { name: cart, namespace: shop }
stringData:
  user: cart
  note: |
    a secret of
    two lines
`;

const ROUTE = `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: cart, namespace: shop }
spec:
  hosts: [cart]
  http:
    - route:
        - { destination: { host: cart, subset: v1 }, weight: 0 }
        - { destination: { host: cart, subset: v2 }, weight: 0 }
`;

/** An assistant that speaks to the built program. */
class Assistant {
  readonly client = new Client({ name: 'test', version: '1.0.0' });
  stderr = '';

  async connect(args: readonly string[], cwd: string): Promise<void> {
    const transport = new StdioClientTransport({
      command: process.execPath,
      args: [path.join(ROOT, 'dist/cli.js'), 'mcp', ...args],
      cwd,
      stderr: 'pipe',
    });
    transport.stderr?.on('data', (chunk: Buffer) => {
      this.stderr += chunk.toString();
    });
    await this.client.connect(transport);
  }

  async call(name: string, input: Record<string, unknown> = {}): Promise<CallToolResult> {
    return (await this.client.callTool({ name, arguments: input })) as CallToolResult;
  }

  /** What a tool returned; fails where it refused. */
  async output<Output>(name: string, input: Record<string, unknown> = {}): Promise<Output> {
    const { content, isError, structuredContent } = await this.call(name, input);
    assert.notEqual(isError, true, JSON.stringify(content));
    const [text] = content;
    assert.ok(text?.type === 'text');
    assert.deepEqual(JSON.parse(text.text), structuredContent);
    return structuredContent as Output;
  }

  /** Why a tool refused; fails where it did not. */
  async refusal(name: string, input: Record<string, unknown>): Promise<string> {
    const { content, isError } = await this.call(name, input);
    assert.equal(isError, true, JSON.stringify(content));
    const [text] = content;
    assert.ok(text?.type === 'text');
    return text.text;
  }
}

interface Findings {
  readonly findings: { rule: string; severity: string; file: string; line: number; column: number; message: string }[];
  readonly total: number;
  readonly files: number;
}

interface Applied {
  readonly files: { file: string; change: string; edits: { line: number; newText: string }[] }[];
  readonly diff: string;
  readonly written: boolean;
}

describe('slipway mcp', () => {
  let folder: string;
  let assistant: Assistant;

  beforeEach(async () => {
    folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'slipway-mcp-')));
    mkdirSync(path.join(folder, 'shop/deploy'), { recursive: true });
    writeFileSync(path.join(folder, 'shop/deploy/cart.yaml'), DEPLOYMENT);
    writeFileSync(path.join(folder, 'shop/deploy/route.yaml'), ROUTE);
    writeFileSync(path.join(folder, 'outside.yaml'), ROUTE.replaceAll('cart', 'outsider'));
    assistant = new Assistant();
    await assistant.connect(['shop'], folder);
  });
  afterEach(async () => {
    await assistant.client.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('offers the tools with the schemas that the editor has, and nothing else on standard output', async () => {
    const { tools } = await assistant.client.listTools();
    assert.deepEqual(
      tools.map(({ description, inputSchema, name, outputSchema, title }) => ({
        name,
        title,
        description,
        inputSchema: without$schema(inputSchema),
        outputSchema: without$schema(outputSchema),
      })),
      ASSISTANT_TOOLS.map(({ description, inputSchema, name, outputSchema, title }) => ({
        name,
        title,
        description,
        inputSchema,
        outputSchema,
      })),
    );
    assert.deepEqual(
      tools.map(({ annotations }) => annotations?.readOnlyHint),
      [true, true, true, false],
    );
    assert.equal(assistant.client.getServerVersion()?.name, 'slipway');
    assert.equal(assistant.stderr, '');
  });

  describe('check', () => {
    it('tells what slipway check tells, the worst first, with lines from 1', async () => {
      const { files, findings, total } = await assistant.output<Findings>('check');
      const report = JSON.parse(runCli(['check', '--format', 'json', 'shop'], { cwd: folder }).stdout);
      assert.equal(files, 2);
      assert.equal(total, report.findings.length);
      assert.deepEqual(
        findings.map(({ column, file, line, rule }) => `${file}:${line}:${column} ${rule}`).sort(),
        report.findings
          .map(
            ({
              file,
              range,
              rule,
            }: {
              file: string;
              range: { start: { line: number; character: number } };
              rule: string;
            }) => `${file.replace(/^shop\//, '')}:${range.start.line + 1}:${range.start.character + 1} ${rule}`,
          )
          .sort(),
      );
      assert.equal(findings[0]?.severity, 'error');
    });

    it('keeps to the paths, the severity and the limit', async () => {
      const inFile = await assistant.output<Findings>('check', { paths: ['deploy/route.yaml'] });
      assert.equal(inFile.files, 1);
      assert.ok(inFile.findings.some(({ rule }) => rule === 'canary/weights-sum-zero'));
      const strict = await assistant.output<Findings>('check', { profile: 'strict' });
      assert.ok(strict.total > inFile.total);
      const errors = await assistant.output<Findings>('check', { profile: 'strict', severity: 'error' });
      assert.ok(errors.total > 0 && errors.total < strict.total);
      const one = await assistant.output<Findings>('check', { profile: 'strict', limit: 1 });
      assert.equal(one.findings.length, 1);
      assert.equal(one.total, strict.total);
    });

    it('sees what was written since the last call', async () => {
      const before = await assistant.output<Findings>('check', { paths: ['deploy/route.yaml'] });
      assert.ok(before.findings.some(({ rule }) => rule === 'canary/weights-sum-zero'));
      writeFileSync(path.join(folder, 'shop/deploy/route.yaml'), ROUTE.replace('weight: 0', 'weight: 95'));
      const after = await assistant.output<Findings>('check');
      assert.ok(!after.findings.some(({ rule }) => rule === 'canary/weights-sum-zero'));
      rmSync(path.join(folder, 'shop/deploy/route.yaml'));
      assert.equal((await assistant.output<Findings>('check')).files, 1);
    });

    it('tells which files it cannot read, as slipway check does', async () => {
      writeFileSync(path.join(folder, 'shop/deploy/binary.yaml'), Buffer.from([0, 1, 2, 3]));
      const { files, findings } = await assistant.output<Findings>('check');
      assert.equal(files, 3);
      assert.ok(findings.some(({ file, rule }) => file === 'deploy/binary.yaml' && rule === 'syntax/not-text'));
    });

    it('never shows a secret', async () => {
      const { content } = await assistant.call('check', { profile: 'strict' });
      assert.doesNotMatch(JSON.stringify(content), /s3cr3t-Zx81-hunter|a secret of|two lines/);
    });

    it('refuses paths outside of the workspace, by whatever way they lead there', async () => {
      symlinkSync(folder, path.join(folder, 'shop/way-out'));
      for (const named of [
        '../outside.yaml',
        path.join(folder, 'outside.yaml'),
        '/etc/passwd',
        'way-out/outside.yaml',
        '../nothing-there',
      ]) {
        assert.match(await assistant.refusal('check', { paths: [named] }), /lies outside of the workspace/, named);
      }
      assert.match(await assistant.refusal('check', { paths: ['nothing'] }), /There is no file or folder 'nothing'/);
      const { findings } = await assistant.output<Findings>('check', { profile: 'strict' });
      assert.doesNotMatch(JSON.stringify(findings), /outsider/);
    });

    it('refuses input that does not fit its schema', async () => {
      for (const input of [{ profile: 'lax' }, { limit: 0 }, { paths: 'deploy' }, { path: ['deploy'] }]) {
        const answer = await assistant.call('check', input).then(
          ({ content, isError }) => (isError ? JSON.stringify(content) : undefined),
          (error: unknown) => String(error),
        );
        assert.ok(answer !== undefined, JSON.stringify(input));
      }
    });
  });

  describe('patterns', () => {
    it('lists the whole catalog with uses, roles and what is missing', async () => {
      const { patterns } = await assistant.output<{
        patterns: {
          id: string;
          uses: { state: string; missing: string[]; participants: { file: string; line: number }[] }[];
        }[];
      }>('patterns');
      const canary = patterns.find(({ id }) => id === 'canary');
      assert.deepEqual(
        canary?.uses.map(({ missing, state }) => ({ missing, state })),
        [{ missing: ['subset definition', 'stable workload', 'canary workload'], state: 'faulty' }],
      );
      assert.deepEqual(canary?.uses[0]?.participants[0], {
        role: 'weighted route',
        resource: 'VirtualService cart',
        file: 'deploy/route.yaml',
        line: 8,
      });
      assert.ok(patterns.some(({ id, uses }) => id === 'hpa' && uses.length === 0));
    });

    it('lists one pattern, and refuses one that there is not', async () => {
      const { patterns } = await assistant.output<{ patterns: { id: string }[] }>('patterns', { pattern: 'hpa' });
      assert.deepEqual(
        patterns.map(({ id }) => id),
        ['hpa'],
      );
      assert.match(await assistant.refusal('patterns', { pattern: 'canari' }), /no pattern 'canari'.*canary/);
    });
  });

  describe('explain', () => {
    it('gives the page of a pattern and the section of a rule, as slipway explain prints them', async () => {
      for (const id of ['canary', 'canary/subset-without-pods', 'pod-security']) {
        const { markdown } = await assistant.output<{ markdown: string }>('explain', { id });
        assert.equal(markdown.trimEnd(), runCli(['explain', id]).stdout.trimEnd());
      }
    });

    it('refuses what has no page, and says what is near', async () => {
      assert.match(
        await assistant.refusal('explain', { id: 'canary/subset-without-pod' }),
        /canary\/subset-without-pods/,
      );
      assert.match(await assistant.refusal('explain', { id: '../../package' }), /There is no pattern/);
    });
  });

  describe('apply', () => {
    it('returns a change, and writes nothing unless it is told to', async () => {
      const { diff, files, written } = await assistant.output<Applied>('apply', {
        pattern: 'requests-limits',
        workload: 'cart',
      });
      assert.equal(written, false);
      assert.deepEqual(
        files.map(({ change, file }) => ({ change, file })),
        [{ change: 'edit', file: 'deploy/cart.yaml' }],
      );
      assert.match(diff, /^\+ +resources:$/m);
      assert.doesNotMatch(diff, /s3cr3t-Zx81-hunter/);
      assert.match(diff, /value: \*\*\*/);
      assert.match(diff, /image: registry\.example\.com\/cart:1\.4\.0/, 'what is no secret stays to be read');
      assert.equal(readFileSync(path.join(folder, 'shop/deploy/cart.yaml'), 'utf8'), DEPLOYMENT);
    });

    it('writes edits and new files when it is told to, and leaves the rest of a file as it was', async () => {
      const edit = { pattern: 'requests-limits', workload: 'Deployment cart', namespace: 'shop', write: true };
      assert.equal((await assistant.output<Applied>('apply', edit)).written, true);
      const text = readFileSync(path.join(folder, 'shop/deploy/cart.yaml'), 'utf8');
      assert.ok(text.startsWith('\ufeffapiVersion'), 'the byte order mark is gone');
      assert.ok(text.includes('name: cart # of a customer') && text.includes('resources:'));
      assert.deepEqual(
        text
          .split('\n')
          .filter((line) => !DEPLOYMENT.includes(line))
          .every((line) => /resources|requests|limits|cpu|memory/.test(line)),
        true,
      );
      const { files } = await assistant.output<Applied>('apply', { pattern: 'hpa', workload: 'cart', write: true });
      const created = files.find(({ change }) => change === 'create');
      assert.ok(created && existsSync(path.join(folder, 'shop', created.file)));
      assert.match(await assistant.refusal('apply', { pattern: 'hpa', workload: 'cart' }), /there already/);
    });

    it('refuses what it cannot do, and says what there is', async () => {
      assert.match(
        await assistant.refusal('apply', { pattern: 'hpa', workload: 'basket' }),
        /There are: Deployment cart in shop/,
      );
      assert.match(
        await assistant.refusal('apply', { pattern: 'hpa', workload: 'cart', namespace: 'other' }),
        /no workload/,
      );
      assert.match(await assistant.refusal('apply', { pattern: 'nothing', workload: 'cart' }), /There are: .*hpa/);
    });

    it('writes no file that is a link out of the workspace', async () => {
      writeFileSync(path.join(folder, 'linked.yaml'), DEPLOYMENT.replaceAll('cart', 'linked'));
      symlinkSync(path.join(folder, 'linked.yaml'), path.join(folder, 'shop/deploy/linked.yaml'));
      assert.match(
        await assistant.refusal('apply', { pattern: 'hpa', workload: 'linked', write: true }),
        /no workload/,
      );
    });
  });

  describe('with much to read', () => {
    beforeEach(async () => {
      await assistant.client.close();
      for (let copy = 0; copy < 12; copy++) {
        cpSync(path.join(ROOT, 'examples/shop/deploy'), path.join(folder, `shop/copy${copy}`), { recursive: true });
      }
      assistant = new Assistant();
      await assistant.connect(['shop'], folder);
    });

    it('tells its progress', async () => {
      const told: { progress: number; message?: string | undefined }[] = [];
      await assistant.client.callTool(
        { name: 'check', arguments: { limit: 1 } },
        { onprogress: (progress) => told.push(progress) },
      );
      assert.ok(told.length > 2, `${told.length} notifications`);
      assert.deepEqual(
        told.map(({ progress }) => progress),
        told.map(({ progress }) => progress).sort((a, b) => a - b),
      );
    });

    it('stops when it is cancelled, and answers the next call', async () => {
      const cancel = new AbortController();
      const call = assistant.client.callTool(
        { name: 'check', arguments: { profile: 'strict' } },
        { signal: cancel.signal, onprogress: () => cancel.abort('enough') },
      );
      await assert.rejects(call);
      const started = performance.now();
      await assistant.output('explain', { id: 'hpa' });
      assert.ok(performance.now() - started < 20_000);
      assert.doesNotMatch(assistant.stderr, /internal fault/);
    });
  });

  it('ends when its input ends, and explains itself', () => {
    assert.equal(runCli(['mcp', 'shop'], { cwd: folder }).exitCode, 0);
    const { exitCode, stdout } = runCli(['mcp', '--help']);
    assert.equal(exitCode, 0);
    assert.match(stdout, /Model Context Protocol/);
    const missing = runCli(['mcp', 'nowhere'], { cwd: folder });
    assert.equal(missing.exitCode, 2);
    assert.match(missing.stderr, /There is no folder 'nowhere'/);
  });
});

function without$schema(schema: object | undefined): object {
  return Object.fromEntries(Object.entries(schema ?? {}).filter(([key]) => key !== '$schema'));
}
