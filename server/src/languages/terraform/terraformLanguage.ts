import type { SourceNode } from '../../text/sourceNode.ts';
import { SourceText } from '../../text/sourceText.ts';
import type { Resource } from '../../workspace/resource.ts';
import type { Language, ParsedFile } from '../language.ts';
import { hclNode } from './hclNode.ts';
import type { HclFile } from './hclSyntax.ts';
import { ignoredByComments } from './ignoreComments.ts';
import { installedModulesResource } from './installedModules.ts';
import { kubernetesObject } from './kubernetesObjects.ts';
import { parseHcl } from './parseHcl.ts';
import { parseTerraformJson } from './parseTerraformJson.ts';
import { isTerraformJson } from './terraformFileNames.ts';
import { terraformFoldings } from './terraformFoldings.ts';
import { terraformOutline } from './terraformOutline.ts';

/** The resource type of a whole file; its `model` is the `HclFile`. */
export const TERRAFORM_FILE = 'terraform/File';

/** A file of a module that `terraform init` downloaded: others' work, which is read for what it declares and never judged. */
export const INSTALLED_TERRAFORM_FILE = 'terraform/InstalledFile';

export interface TerraformFile extends ParsedFile {
  readonly hcl: HclFile;
}

/** Terraform and OpenTofu in HCL's native syntax and in JSON. */
export const terraformLanguage: Language<TerraformFile> = {
  id: 'terraform',
  // The lock file is HCL as well, and says which versions of the providers are in use. The list of modules says where they
  // were downloaded to.
  files: /\.(?:tf|tofu|tfvars)(?:\.json)?$|\/\.terraform\.lock\.hcl$|\/\.terraform\/modules\/modules\.json$/i,
  claims: () => true,

  parse(source) {
    const hcl = source.uri.endsWith('.json') ? parseJson(source) : parseHcl(source);
    const problems = isInstalled(source.uri) ? [] : hcl.problems;
    return { language: 'terraform', source, hcl, problems, roots: [hclNode(hcl.source, hcl.body)] };
  },

  facts({ hcl, source, roots: [root] }) {
    const folder = /([^/]+)\/[^/]*$/.exec(source.uri)?.[1];
    if (source.uri.endsWith('/.terraform/modules/modules.json')) {
      return { resources: [installedModulesResource(source, root!)] };
    }
    const isOthers = isInstalled(source.uri);
    const file = {
      type: isOthers ? INSTALLED_TERRAFORM_FILE : TERRAFORM_FILE,
      kind: 'Terraform',
      apiVersion: '',
      name: folder,
      namespace: undefined,
      root: root!,
      uri: source.uri,
      model: hcl,
    };
    return {
      resources: isOthers ? [file] : [file, ...declared(root!, source.uri), ...kubernetesObjects(root!, source.uri)],
    };
  },

  ignores: ({ hcl }) => ignoredByComments(hcl),
  outline: ({ hcl }) => terraformOutline(hcl),
  foldings: ({ hcl }) => terraformFoldings(hcl),
};

/** The list of modules is JSON as well, but no configuration. */
function parseJson(source: SourceText): HclFile {
  return isTerraformJson(source.uri)
    ? parseTerraformJson(source)
    : { ...parseHcl(new SourceText(source.uri, '')), source };
}

function isInstalled(uri: string): boolean {
  return uri.includes('/.terraform/');
}

/** `resource` and `data` blocks as `terraform/aws_vpc` and `terraform/data.aws_vpc`, named by their second label. */
function declared(root: SourceNode, uri: string): Resource[] {
  return [
    ['resource', ''],
    ['data', 'data.'],
  ].flatMap(([block, prefix]) =>
    (root.find(block!)?.items ?? []).flatMap((item) =>
      item.entries.flatMap((type) =>
        type.entries.map(
          (body): Resource => ({
            type: `terraform/${prefix}${type.key}`,
            kind: `${prefix}${type.key}`,
            apiVersion: '',
            name: body.key,
            namespace: undefined,
            root: body,
            uri,
          }),
        ),
      ),
    ),
  );
}

/** The Kubernetes objects that `resource` blocks make. */
function kubernetesObjects(root: SourceNode, uri: string): Resource[] {
  const types = (root.find('resource')?.items ?? []).flatMap((item) => item.entries);
  return types.flatMap((type) => type.entries.flatMap((body) => kubernetesObject(type.key ?? '', body, uri) ?? []));
}
