import assert from 'node:assert/strict';
import { BundledProvider } from '../../../server/src/schema/terraform/bundledProvider.ts';
import { bodyOf, type TerraformBody, valueTypeText } from '../../../server/src/schema/terraform/terraformSchema.ts';
import { files, needsProviders } from './providers.ts';

describe('bundled providers of Terraform', () => {
  before(needsProviders);

  it('says for aws what stands in the documentation of the provider', () => {
    const aws = new BundledProvider('aws', files);
    assert.equal(aws.source, 'hashicorp/aws');
    const cluster = aws.find('resource', 'aws_eks_cluster')!.body.members;
    assert.deepEqual(
      [...cluster.values()].filter(({ required }) => required).map(({ name }) => name),
      ['name', 'role_arn', 'vpc_config'],
    );
    const network = cluster.get('vpc_config')!;
    assert.ok(network.asBlock && !network.asArgument && network.atMostOne);
    const subnets = bodyOf(network.type)!.members.get('subnet_ids')!;
    assert.equal(valueTypeText(subnets.type), 'set(string)');
    assert.match(subnets.text, /subnet/i);
    assert.ok(!cluster.get('arn')!.settable && cluster.get('arn')!.computed);
    assert.deepEqual(bodyOf(cluster.get('access_config')!.type)!.members.get('authentication_mode')!.values, [
      'CONFIG_MAP',
      'API',
      'API_AND_CONFIG_MAP',
    ]);
  });

  it('lets what the bindings do not tell apart be written as a block and as an argument', () => {
    const group = new BundledProvider('aws', files).find('resource', 'aws_security_group')!.body.members;
    assert.ok(group.get('ingress')!.asBlock && group.get('ingress')!.asArgument);
    assert.ok(group.get('timeouts')!.asBlock && !group.get('timeouts')!.asArgument);
    assert.ok(!group.get('tags')!.asBlock);
  });

  it('has resources, data sources and a configuration of every provider', () => {
    const least: Readonly<Record<string, readonly [number, number]>> = {
      aws: [1500, 600],
      azurerm: [1000, 350],
      google: [1000, 350],
      helm: [1, 1],
      kubernetes: [80, 25],
      vault: [150, 40],
    };
    for (const [name, [resources, dataSources]] of Object.entries(least)) {
      const provider = new BundledProvider(name, files);
      assert.ok(provider.types('resource').length >= resources, name);
      assert.ok(provider.types('data').length >= dataSources, name);
      assert.ok(provider.find('provider', name)!.body.members.size > 5, name);
    }
  });

  it('gives every type of every provider a body of which each part is readable', () => {
    for (const name of files.names) {
      const provider = new BundledProvider(name, files);
      const seen = new Set<TerraformBody>();
      const read = (body: TerraformBody): void => {
        if (seen.has(body)) return;
        seen.add(body);
        for (const member of body.members.values()) {
          assert.ok(member.settable || member.computed, member.name);
          assert.equal(typeof member.text, 'string');
          const inner = bodyOf(member.type);
          if (inner) read(inner);
        }
      };
      for (const kind of ['resource', 'data'] as const) {
        for (const type of provider.types(kind)) read(provider.find(kind, type)!.body);
      }
      assert.ok(seen.size > 1, name);
    }
  });

  it('reads bodies with the first type and texts with the first text', () => {
    const reads: string[] = [];
    const noted = <T>(part: string, value: T): T => {
      reads.push(part);
      return value;
    };
    const counted = {
      names: files.names,
      provider: (name: string) => noted('provider', files.provider(name)),
      bodies: (name: string) => noted('bodies', files.bodies(name)),
      texts: (name: string) => noted('texts', files.texts(name)),
    };
    const provider = new BundledProvider('vault', counted);
    assert.deepEqual(reads, []);
    const schema = provider.find('resource', 'vault_mount')!;
    assert.deepEqual(reads, ['provider']);
    const path = schema.body.members.get('path')!;
    assert.deepEqual(reads, ['provider', 'bodies']);
    assert.notEqual(path.text, '');
    assert.deepEqual(reads, ['provider', 'bodies', 'texts']);
    assert.equal(provider.find('resource', 'constructor'), undefined);
  });
});
