import { hclNode } from '../../../languages/terraform/hclNode.ts';
import type { HclFile } from '../../../languages/terraform/hclSyntax.ts';
import { constantsOf } from '../../../languages/terraform/moduleConstants.ts';
import { TERRAFORM_FILE } from '../../../languages/terraform/terraformLanguage.ts';
import { blocksIn } from '../../../languages/terraform/terraformModule.ts';
import { moduleOfFile } from '../../../languages/terraform/workspaceProject.ts';
import { defineRule } from '../../../rules/contract.ts';
import type { SourceNode } from '../../../text/sourceNode.ts';

/** Arguments of providers that are secrets; keys that only name an account are not. */
const PROVIDERS: ReadonlyMap<string, readonly string[]> = new Map([
  ['aws', ['access_key', 'secret_key', 'token']],
  ['azurerm', ['client_secret']],
  ['azuread', ['client_secret']],
  ['bridgecrew', ['token']],
  ['cloudflare', ['api_key', 'api_token']],
  ['datadog', ['api_key', 'app_key']],
  ['digitalocean', ['token', 'spaces_secret_key']],
  ['github', ['token']],
  ['gitlab', ['token']],
  ['google', ['access_token']],
  ['linode', ['token']],
  ['ncloud', ['secret_key']],
  ['openstack', ['password', 'token']],
  ['panos', ['api_key', 'password']],
  ['vault', ['token']],
]);

/** Arguments of resources that are secrets and that the provider needs in plain text. */
const RESOURCES: ReadonlyMap<string, readonly string[]> = new Map([
  ['aws_db_instance', ['password']],
  ['aws_rds_cluster', ['master_password']],
  ['aws_docdb_cluster', ['master_password']],
  ['aws_redshift_cluster', ['master_password']],
  ['aws_elasticache_replication_group', ['auth_token']],
  ['aws_dms_endpoint', ['password']],
  ['aws_secretsmanager_secret_version', ['secret_string']],
  ['azurerm_mssql_server', ['administrator_login_password']],
  ['azurerm_mysql_flexible_server', ['administrator_password']],
  ['azurerm_postgresql_flexible_server', ['administrator_password']],
  ['azurerm_linux_virtual_machine', ['admin_password']],
  ['azurerm_windows_virtual_machine', ['admin_password']],
  ['azurerm_key_vault_secret', ['value']],
  ['google_sql_user', ['password']],
  ['google_secret_manager_secret_version', ['secret_data']],
]);

/** Texts that machines read when they start, and the environment of functions. */
const TEXTS = [
  'user_data',
  'user_data_base64',
  'custom_data',
  'environment',
  'container_definitions',
  'metadata_startup_script',
];

/** An access key of AWS, a secret key beside its name, a private key. */
const SECRET =
  /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b|secret_?(?:access_?)?key["']?\s*[=:]\s*["']?[A-Za-z0-9/+]{40}\b|-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----/i;

/** Keys as the manuals of AWS show them open nothing, and yet are where a real one will be written. */
const OF_MANUAL = /\b(?:AKIA|ASIA)[A-Z0-9]{9}EXAMPLE\b|\b[A-Za-z0-9/+]{30}EXAMPLEKEY\b/g;

/** What stands in a file stands in its history, in every clone, and in the state. */
export const rule = defineRule({
  id: 'terraform/hard-coded-credential',
  severity: 'error',
  profile: 'recommended',
  types: [TERRAFORM_FILE],
  equivalents: [
    'checkov:CKV_AWS_41',
    'checkov:CKV_AWS_45',
    'checkov:CKV_AWS_46',
    'checkov:CKV_BCW_1',
    'checkov:CKV_DIO_1',
    'checkov:CKV_LIN_1',
    'checkov:CKV_NCP_17',
    'checkov:CKV_OPENSTACK_1',
    'checkov:CKV_PAN_1',
    'trivy:AWS-0029',
    'trivy:AWS-0036',
    'trivy:AWS-0129',
    'trivy:CLDSTK-0001',
    'kics:hardcoded_aws_access_key',
    'kics:hardcoded_aws_access_key_in_lambda',
    'kics:user_data_contains_encoded_private_key',
  ],
  *check(resource, graph) {
    const { body, source } = resource.model as HclFile;
    const module = moduleOfFile(resource, graph);
    const scope = module && constantsOf(module, graph);
    for (const type of ['provider', 'resource']) {
      const arguments_ = type === 'provider' ? PROVIDERS : RESOURCES;
      for (const block of blocksIn(body, type)) {
        const kind = block.labels[0]?.value ?? '';
        const owner = type === 'provider' ? `The provider ${kind}` : `${kind}.${block.labels[1]?.value ?? ''}`;
        const node = hclNode(source, block.body, scope);
        // A stand-in for the cloud on one's own machine takes any credentials.
        const isStandIn =
          type === 'provider' && (!node.lacks('endpoints') || !node.lacks('skip_credentials_validation'));
        for (const name of isStandIn ? [] : (arguments_.get(kind) ?? [])) {
          const value = node.find(name);
          if (typeof value?.scalar !== 'string' || isPlaceholder(value.scalar)) continue;
          yield { at: value, message: `${owner} has its ${name} in plain text; it belongs into a store of secrets.` };
        }
        if (type === 'provider') continue;
        for (const name of TEXTS) {
          const found = secretIn(node.find(name));
          if (!found) continue;
          const { node: at, isOfManual } = found;
          yield {
            at: at.keyPlace,
            message: `${owner} has a credential in its ${at.key ?? name}; it belongs into a store of secrets.`,
            ...(isOfManual ? { strict: true } : {}),
          };
        }
      }
    }
  },
});

/** Nothing, or plainly to be replaced. */
function isPlaceholder(text: string): boolean {
  return (
    text.trim() === '' ||
    /^(?:<.*>|\$\{.*\}|x+|\*+)$/i.test(text) ||
    text.startsWith('vault:') ||
    text.startsWith('arn:')
  );
}

interface FoundSecret {
  readonly node: SourceNode;
  readonly isOfManual: boolean;
}

/** The first secret in a tree; one of a manual only where there is no other. */
function secretIn(node: SourceNode | undefined): FoundSecret | undefined {
  if (!node) return undefined;
  if (typeof node.scalar === 'string' || node.kind === 'unknown') {
    const texts =
      typeof node.scalar === 'string'
        ? [`${node.key ?? ''} = ${node.scalar}`, decoded(node.scalar)]
        : [node.source.slice(node.span)];
    if (!texts.some((text) => SECRET.test(text))) return undefined;
    return { node, isOfManual: !texts.some((text) => SECRET.test(text.replace(OF_MANUAL, ''))) };
  }
  let ofManual: FoundSecret | undefined;
  for (const entry of node.entries) {
    const found = secretIn(entry);
    if (found && !found.isOfManual) return found;
    ofManual ??= found;
  }
  return ofManual;
}

/** Base64, when it is that. */
function decoded(text: string): string {
  try {
    return /^[A-Za-z0-9+/\s]{24,}={0,2}\s*$/.test(text) ? atob(text.replace(/\s/g, '')) : '';
  } catch {
    // A length that Base64 does not have: it is other text.
    return '';
  }
}
