import { window } from 'vscode';
import type { Command } from './command.ts';
import { askTerraformFolder, withTerraform } from './withTerraform.ts';

/** Has Terraform itself check a configuration; errors are shown on their lines. */
export const terraformValidate: Command = {
  id: 'slipway.terraformValidate',
  needsTrust: true,
  async run(context, argument) {
    const folder = await askTerraformFolder(argument, 'Terraform Validate');
    const title = `terraform validate in ${folder}`;
    const warnings = await withTerraform(context, folder, title, (terraform, signal) => terraform.validate(signal));
    for (const warning of warnings) context.log.warn(warning);
    const more = warnings.length === 0 ? '' : ` The log has ${warnings.length} warnings.`;
    window.setStatusBarMessage(`The configuration in ${folder} is valid.${more}`, 5_000);
  },
};
