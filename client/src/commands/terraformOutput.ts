import { env, window } from 'vscode';
import { Failure } from '../cluster/failure.ts';
import type { Command } from './command.ts';
import { askTerraformFolder, withTerraform } from './withTerraform.ts';

/** Lists the outputs of a configuration's state; a chosen one goes to the clipboard. Sensitive values are not shown. */
export const terraformOutput: Command = {
  id: 'slipway.terraformOutput',
  needsTrust: true,
  async run(context, argument) {
    const folder = await askTerraformFolder(argument, 'Terraform Output');
    const title = `terraform output in ${folder}`;
    const outputs = await withTerraform(context, folder, title, (terraform, signal) => terraform.outputs(signal));
    if (outputs.length === 0) throw new Failure('not-found', `The state of ${folder} has no outputs.`);
    const items = outputs.map(({ name, value }) => ({ label: name, detail: value }));
    const choice = await window.showQuickPick(items, {
      title: 'Outputs',
      placeHolder: 'Copy which value?',
      matchOnDetail: true,
    });
    if (choice) await env.clipboard.writeText(choice.detail);
  },
};
