import { TERRAFORM_FILE } from '../../../languages/terraform/terraformLanguage.ts';
import { attributeIn, blocksIn, plainText } from '../../../languages/terraform/terraformModule.ts';
import { moduleOfFile } from '../../../languages/terraform/workspaceProject.ts';
import { defineRule } from '../../../rules/contract.ts';
import { compareVersions, lowestVersion } from './versionConstraint.ts';

/** Before Terraform 1.1, remote runs always saw the workspace `default`. */
export const rule = defineRule({
  id: 'terraform/remote-workspace-name',
  severity: 'warning',
  profile: 'strict',
  types: [TERRAFORM_FILE],
  equivalents: ['tflint:terraform_workspace_remote'],
  *check(resource, graph) {
    const module = moduleOfFile(resource, graph);
    if (!module) return;
    const isRemote = module.settings.some(({ block }) =>
      blocksIn(block.body, 'backend').some(({ labels }) => labels[0]?.value === 'remote'),
    );
    const constraints = module.settings.flatMap(({ block }) => attributeIn(block.body, 'required_version') ?? []);
    if (!isRemote) return;
    const admitsOld =
      constraints.length === 0 ||
      constraints.every(({ value }) => {
        const lowest = lowestVersion(plainText(value) ?? '');
        return lowest !== undefined && compareVersions(lowest, [1, 1, 0]) < 0;
      });
    if (!admitsOld) return;
    for (const file of module.files) {
      if (file.source.uri !== resource.uri) continue;
      for (const { name, span, steps } of module.referencesOf(file).builtIns) {
        const [step] = steps;
        if (name !== 'terraform' || step?.kind !== 'attribute' || step.name !== 'workspace') continue;
        yield {
          at: { source: file.source, span: { start: span.start, end: step.span.end } },
          message:
            'terraform.workspace is always "default" in remote runs of Terraform before 1.1, which this module admits.',
        };
      }
    }
  },
});
