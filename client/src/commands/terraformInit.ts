import { window } from 'vscode';
import type { Command } from './command.ts';
import { askTerraformFolder, withTerraform } from './withTerraform.ts';

/** Fetches the providers and modules of a Terraform configuration, as its lock file says. */
export const terraformInit: Command = {
  id: 'slipway.terraformInit',
  needsTrust: true,
  async run(context, argument) {
    const folder = await askTerraformFolder(argument, 'Terraform Init');
    await withTerraform(context, folder, `terraform init in ${folder}`, (terraform, signal) => terraform.init(signal));
    window.setStatusBarMessage(`Terraform is ready in ${folder}.`, 5_000);
  },
};
