import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { blockLine, TerraformClient } from '../../client/src/adapters/terraformClient.ts';
import type { Failure } from '../../client/src/cluster/failure.ts';
import { parsePlan, planInWords } from '../../client/src/delivery/terraform/plan.ts';

describe('a plan of Terraform', () => {
  const resource = (actions: string[], change: object = {}, more: object = {}) => ({
    address: 'aws_vpc.main',
    mode: 'managed',
    type: 'aws_vpc',
    name: 'main',
    change: { actions, before: null, after: null, ...change },
    ...more,
  });
  const plan = (...changes: object[]) => parsePlan({ format_version: '1.2', resource_changes: changes })!;
  const attributes = (change: object): string[] =>
    plan(resource(['update'], change)).changes[0]!.attributes.map(
      ({ after, before, forcesReplacement, path }) => `${path}: ${before} → ${after}${forcesReplacement ? ' !' : ''}`,
    );

  it('counts as Terraform does, and leaves out what stays', () => {
    const made = plan(
      resource(['no-op']),
      resource(['create']),
      resource(['delete', 'create']),
      resource(['create', 'delete']),
      resource(['delete']),
      resource(['update']),
      resource(['read']),
      resource(['forget']),
      resource(['no-op'], { importing: { id: 'x' } }),
      resource(['no-op'], {}, { previous_address: 'aws_vpc.old' }),
    );
    assert.deepEqual(
      made.changes.map(({ action }) => action),
      ['create', 'replace', 'replace', 'delete', 'update', 'read', 'forget', 'import', 'move'],
    );
    assert.equal(planInWords(made), '1 to import, 3 to add, 1 to change, 3 to destroy, 1 to forget, 1 to move');
    assert.equal(planInWords(plan()), 'nothing to change');
  });

  it('shows changed attributes by their paths, and what forces a replacement', () => {
    const before = { name: 'a', tags: { team: 'shop' }, rule: [{ port: 80 }], same: 1 };
    const after = { name: 'b', tags: { team: 'shop', owner: 'x' }, rule: [{ port: 81 }, { port: 82 }], same: 1 };
    assert.deepEqual(attributes({ before, after, replace_paths: [['name'], ['rule', 0]] }), [
      'name: "a" → "b" !',
      'tags.owner: none → "x"',
      'rule[0].port: 80 → 81 !',
      'rule[1].port: none → 82',
    ]);
  });

  it('says what is only known after the apply, and never what is sensitive', () => {
    const marked = {
      before: { password: 'old', id: '1' },
      after: { password: 'new' },
      after_unknown: { id: true },
      before_sensitive: { password: true },
      after_sensitive: { password: true },
    };
    const shown = attributes(marked);
    assert.deepEqual(shown, ['password: (sensitive) → (sensitive)', 'id: "1" → (known after apply)']);
    const whole = attributes({
      before: { a: 's3cret' },
      after: { a: 's3cret2' },
      before_sensitive: true,
      after_sensitive: true,
    });
    assert.ok(!/s3cret/.test(whole.join()), whole.join());
    const onlyAfter = attributes({ before: { a: 's3cret' }, after: { a: 's3cret2' }, after_sensitive: { a: true } });
    assert.ok(!/s3cret/.test(onlyAfter.join()), onlyAfter.join());
  });

  it('tells outputs, and keeps sensitive ones to itself', () => {
    const { outputs } = parsePlan({
      format_version: '1.2',
      output_changes: {
        url: { actions: ['create'], before: null, after: 'https://a', after_unknown: false },
        key: { actions: ['update'], before: 'x', after: 'y', before_sensitive: true, after_sensitive: true },
        later: { actions: ['create'], before: null, after_unknown: true },
        same: { actions: ['no-op'], before: 1, after: 1 },
      },
    })!;
    assert.deepEqual(
      outputs.map(({ after, before, name }) => `${name}: ${before} → ${after}`),
      ['url: none → "https://a"', 'key: (sensitive) → (sensitive)', 'later: none → (known after apply)'],
    );
  });

  it('leads to the folders of local modules only', () => {
    const configuration = {
      root_module: {
        module_calls: {
          net: {
            source: './modules/net',
            module: { module_calls: { deep: { source: '../deep' }, far: { source: 'terraform-aws-modules/vpc/aws' } } },
          },
        },
      },
    };
    const of = (address: string) =>
      parsePlan({
        format_version: '1',
        configuration,
        resource_changes: [resource(['create'], {}, { module_address: address })],
      })!.changes[0]?.block?.folder;
    assert.equal(of('module.net'), './modules/net');
    assert.equal(of('module.net["a.b"].module.deep[0]'), './modules/net/../deep');
    assert.equal(of('module.net.module.far'), undefined);
    assert.equal(of('module.gone'), undefined);
  });

  it('is nothing else that is JSON', () => {
    for (const other of [null, 1, [], {}, { format_version: 3 }]) assert.equal(parsePlan(other), undefined);
  });
});

describe('the terraform of this machine', function () {
  this.timeout(60_000);
  let folder: string;
  const said: string[] = [];
  const signal = new AbortController().signal;
  const client = (): TerraformClient =>
    new TerraformClient({ command: 'terraform', environment: process.env, folder, say: (line) => said.push(line) });

  before(async function () {
    folder = mkdtempSync(join(tmpdir(), 'slipway-terraform-'));
    try {
      await client().workspaces(signal);
    } catch (error) {
      assert.equal((error as Failure).kind, 'tool-missing');
      assert.notEqual(process.env['CI'], 'true', 'terraform is not on the PATH');
      console.log('      SKIPPED: terraform is not on the PATH');
      this.skip();
    }
  });
  after(() => rmSync(folder, { recursive: true }));

  it('initialises, validates, formats, plans, applies exactly what was planned, and tells the outputs', async () => {
    mkdirSync(join(folder, 'modules/inner'), { recursive: true });
    writeFileSync(join(folder, 'modules/inner/main.tf'), 'resource "terraform_data" "deep" {\n  input = 1\n}\n');
    writeFileSync(
      join(folder, 'main.tf'),
      'variable "size" {\n  default = 1\n}\n\nresource "terraform_data" "shop" {\n  input   = { size = var.size }\n  triggers_replace = var.size\n}\n\nmodule "inner" {\n  source = "./modules/inner"\n}\n\noutput "size" {\n  value = var.size\n}\n\noutput "key" {\n  value     = "s3cret"\n  sensitive = true\n}\n',
    );
    const terraform = client();
    await assert.rejects(terraform.plan(signal), (error: Failure) => /Init first/.test(error.report.advice));
    await terraform.init(signal);
    assert.deepEqual(await terraform.validate(signal), []);
    assert.deepEqual(await terraform.format(signal), ['main.tf']);
    assert.deepEqual(await terraform.format(signal), []);
    const first = await terraform.plan(signal);
    assert.equal(planInWords(first.plan), '2 to add, 2 outputs to change');
    const deep = first.plan.changes.find(({ address }) => address === 'module.inner.terraform_data.deep');
    assert.deepEqual(await blockLine(folder, deep!.block!), { file: join(folder, 'modules/inner/main.tf'), line: 0 });
    const shop = first.plan.changes.find(({ address }) => address === 'terraform_data.shop');
    assert.equal((await blockLine(folder, shop!.block!))?.line, 4);
    await terraform.apply(first, signal);
    await assert.rejects(
      terraform.apply(first, signal),
      (error: Failure) => /stale/i.test(error.message + error.report.said),
      'a plan is applied once',
    );
    await first.dispose();
    assert.deepEqual(await terraform.outputs(signal), [
      { name: 'key', value: '(sensitive)' },
      { name: 'size', value: '1' },
    ]);
    const text = readFileSync(join(folder, 'main.tf'), 'utf8');
    writeFileSync(join(folder, 'main.tf'), text.replace('default = 1', 'default = 2'));
    const second = await terraform.plan(signal);
    const change = second.plan.changes.find(({ address }) => address === 'terraform_data.shop');
    assert.equal(change?.action, 'replace');
    assert.ok(
      change.attributes.some(
        ({ after, before, forcesReplacement, path }) =>
          path === 'triggers_replace' && before === '1' && after === '2' && forcesReplacement,
      ),
    );
    await second.dispose();
    assert.ok(!/s3cret/.test(said.join('\n')));
  });

  it('points to the lines of what is wrong', async () => {
    const text = readFileSync(join(folder, 'main.tf'), 'utf8');
    writeFileSync(join(folder, 'main.tf'), `${text}\noutput "bad" {\n  value = var.nothing\n}\n`);
    for (const work of [() => client().validate(signal), () => client().plan(signal)]) {
      await assert.rejects(work(), (error: Failure) => {
        assert.match(error.report.message, /Reference to undeclared input variable/);
        assert.deepEqual(
          error.report.places.map(({ file, line }) => [file, line]),
          [[join(folder, 'main.tf'), text.split('\n').length + 1]],
        );
        return true;
      });
    }
    writeFileSync(join(folder, 'main.tf'), text);
  });

  it('lists, makes and chooses workspaces', async () => {
    assert.deepEqual(await client().workspaces(signal), { current: 'default', names: ['default'] });
    await client().selectWorkspace('staging', true, signal);
    assert.deepEqual(await client().workspaces(signal), { current: 'staging', names: ['default', 'staging'] });
    await client().selectWorkspace('default', false, signal);
    await assert.rejects(client().selectWorkspace('none', false, signal), (error: Failure) =>
      /none/.test(error.report.said),
    );
  });

  it('is asked for where it is not there', async () => {
    const missing = new TerraformClient({
      command: 'terraform-that-is-not-there',
      environment: process.env,
      folder,
      say: () => {},
    });
    await assert.rejects(
      missing.init(signal),
      (error: Failure) => error.kind === 'tool-missing' && /Install it/.test(error.report.advice),
    );
  });
});
