import { window } from 'vscode';
import type { Command } from './command.ts';
import { askTerraformFolder, withTerraform } from './withTerraform.ts';

/** Rewrites the files of a configuration and of the folders under it in Terraform's own style. */
export const terraformFormat: Command = {
  id: 'slipway.terraformFormat',
  needsTrust: true,
  async run(context, argument) {
    const folder = await askTerraformFolder(argument, 'Terraform Format');
    const title = `terraform fmt in ${folder}`;
    const files = await withTerraform(context, folder, title, (terraform, signal) => terraform.format(signal));
    window.setStatusBarMessage(
      files.length === 0 ? 'Every file is formatted already.' : `Formatted ${files.join(', ')}.`,
      5_000,
    );
  },
};
