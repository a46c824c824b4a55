import assert from 'node:assert/strict';
import { providerFiles } from '../../../server/src/host/providerFiles.ts';
import { RULES } from '../../../server/src/patterns/registry.generated.ts';
import type { CompanionRule } from '../../../server/src/patterns/terraform/parts/companionRule.ts';
import type { SettingRule } from '../../../server/src/patterns/terraform/parts/settingRule.ts';
import { ProviderSchemas } from '../../../server/src/schema/terraform/providerSchemas.ts';
import { bodyOf, type TerraformBody } from '../../../server/src/schema/terraform/terraformSchema.ts';

const providers = new ProviderSchemas(providerFiles(new URL('..', import.meta.url).href)).forFolder('');

/** Names of earlier versions of the providers, which configurations still use. */
const EARLIER = new Set([
  'azurerm_container_registry retention_policy.enabled',
  'azurerm_kubernetes_cluster api_server_authorized_ip_ranges',
  'azurerm_kubernetes_cluster automatic_channel_upgrade',
  'azurerm_kubernetes_cluster default_node_pool.enable_host_encryption',
  'azurerm_managed_disk encryption_settings.enabled',
  'azurerm_redis_cache enable_non_ssl_port',
  'azurerm_storage_account enable_https_traffic_only',
  'aws_rds_cluster replicate_source_db',
  'aws_db_instance replication_source_identifier',
  'aws_redshift_cluster logging.enable',
  'google_sql_database_instance settings.ip_configuration.require_ssl',
]);

describe('arguments in tables of Terraform settings', () => {
  it('are arguments of the providers', function () {
    if (providers.length === 0) {
      assert.notEqual(process.env['CI'], 'true', 'The schemas of the providers are not built.');
      console.log('      skipped: the schemas of the providers are not built');
      this.skip();
    }
    const wrong = [...argumentsOfTables()].filter(
      ([type, path]) => !EARLIER.has(`${type} ${path}`) && !isArgument(type, path),
    );
    assert.deepEqual(wrong, []);
  });
});

/** Every pair of a resource type and a path that a table names. */
function* argumentsOfTables(): Iterable<readonly [type: string, path: string]> {
  for (const rule of RULES) {
    for (const { on, path, each, when = {}, unless = [] } of 'settings' in rule ? (rule as SettingRule).settings : []) {
      for (const type of [on].flat())
        for (const name of [path, ...Object.keys(when), ...unless])
          if (!name.startsWith('lifecycle.')) yield [type, each === undefined ? name : `${each}.${name}`];
    }
    for (const { of, inline = [], name } of 'companions' in rule ? (rule as CompanionRule).companions : []) {
      for (const path of [...inline, ...(name === undefined ? [] : [name])]) yield [of, path];
    }
  }
}

/** True as well for types of providers without a schema, and of earlier versions. */
function isArgument(type: string, path: string): boolean {
  const schema = providers.map((provider) => provider.find('resource', type)).find((found) => found !== undefined);
  let body: TerraformBody | undefined = schema?.body;
  for (const name of schema ? path.split('.') : []) {
    if (!body) return false;
    const member = body.members.get(name);
    if (!member) return body.open;
    if (!member.settable) return false;
    // Below a map of texts every name is a key.
    if (member.type.kind === 'map') return true;
    body = bodyOf(member.type);
  }
  return true;
}
