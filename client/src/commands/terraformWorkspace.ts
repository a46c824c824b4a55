import { window } from 'vscode';
import type { Command } from './command.ts';
import { orDismissed } from './orDismissed.ts';
import { askTerraformFolder, withTerraform } from './withTerraform.ts';

/** Chooses the workspace of a Terraform configuration, or makes a new one. */
export const terraformWorkspace: Command = {
  id: 'slipway.terraformWorkspace',
  needsTrust: true,
  async run(context, argument) {
    const folder = await askTerraformFolder(argument, 'Terraform Workspace');
    const title = `terraform workspace in ${folder}`;
    const { current, names } = await withTerraform(context, folder, title, (terraform, signal) =>
      terraform.workspaces(signal),
    );
    const added = { label: '$(add) New workspace…', name: undefined };
    const items = [
      ...names.map((name) => ({ label: name, description: name === current ? 'chosen' : '', name })),
      added,
    ];
    const choice = orDismissed(
      await window.showQuickPick(items, { title: 'Terraform Workspace', placeHolder: 'Which workspace?' }),
    );
    const typed = {
      title: 'New Terraform Workspace',
      prompt: 'Its name',
      validateInput: (text: string) =>
        /^[\w.~-]+$/.test(text) && !names.includes(text)
          ? undefined
          : 'Write a new name of letters, digits, hyphens and dots.',
    };
    const name = choice.name ?? orDismissed(await window.showInputBox(typed));
    await withTerraform(context, folder, `${title}: ${name}`, (terraform, signal) =>
      terraform.selectWorkspace(name, choice.name === undefined, signal),
    );
    // A plan is of the workspace that it was made in.
    await context.plans.clear();
  },
};
