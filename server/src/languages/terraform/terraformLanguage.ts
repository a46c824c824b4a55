import type { SourceNode } from '../../text/sourceNode.ts';
import type { Resource } from '../../workspace/resource.ts';
import type { Language, ParsedFile } from '../language.ts';
import { hclNode } from './hclNode.ts';
import type { HclFile } from './hclSyntax.ts';
import { parseHcl } from './parseHcl.ts';
import { terraformFoldings } from './terraformFoldings.ts';
import { terraformOutline } from './terraformOutline.ts';

/** The resource type of a whole file; its `model` is the `HclFile`. */
export const TERRAFORM_FILE = 'terraform/File';

export interface TerraformFile extends ParsedFile {
  readonly hcl: HclFile;
}

/** Terraform and OpenTofu in HCL's native syntax. */
export const terraformLanguage: Language<TerraformFile> = {
  id: 'terraform',
  // The lock file is HCL as well, and says which versions of the providers are in use.
  files: /\.(?:tf|tofu|tfvars)$|\/\.terraform\.lock\.hcl$/i,
  claims: () => true,

  parse(source) {
    const hcl = parseHcl(source);
    return { language: 'terraform', source, hcl, problems: hcl.problems, roots: [hclNode(source, hcl.body)] };
  },

  facts({ hcl, source, roots: [root] }) {
    const folder = /([^/]+)\/[^/]*$/.exec(source.uri)?.[1];
    const file = {
      type: TERRAFORM_FILE,
      kind: 'Terraform',
      apiVersion: '',
      name: folder,
      namespace: undefined,
      root: root!,
      uri: source.uri,
      model: hcl,
    };
    return { resources: [file, ...declared(root!, source.uri)] };
  },

  outline: ({ hcl }) => terraformOutline(hcl),
  foldings: ({ hcl }) => terraformFoldings(hcl),
};

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
