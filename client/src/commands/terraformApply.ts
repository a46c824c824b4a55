import { commands, window } from 'vscode';
import { planInWords } from '../delivery/terraform/plan.ts';
import type { Command } from './command.ts';
import { orDismissed } from './orDismissed.ts';
import { withTerraform } from './withTerraform.ts';

/** Applies the plan that is shown, exactly as it is shown, after a yes. Without one, it makes a plan to review first. */
export const terraformApply: Command = {
  id: 'slipway.terraformApply',
  needsTrust: true,
  async run(context, argument) {
    const { shown } = context.plans;
    if (!shown) {
      await commands.executeCommand('slipway.terraformPlan', argument);
      return;
    }
    const { folder, folderName, saved } = shown;
    const gone = saved.plan.changes.filter(({ action }) => action === 'delete' || action === 'replace');
    const detail = [
      `${folderName}: ${planInWords(saved.plan)}.`,
      gone.length === 0 ? '' : `Destroyed: ${gone.map(({ address }) => address).join(', ')}.`,
    ];
    const modal = { modal: true, detail: detail.filter((line) => line !== '').join('\n\n') };
    orDismissed(await window.showWarningMessage('Apply the plan that is shown?', modal, 'Apply'));
    try {
      await withTerraform(context, folder, `terraform apply in ${folder}`, (terraform, signal) =>
        terraform.apply(saved, signal),
      );
    } finally {
      // Also a failed apply has changed the state: its plan cannot be applied again.
      await context.plans.clear();
    }
    window.setStatusBarMessage(`Terraform applied ${planInWords(saved.plan)} in ${folderName}.`, 10_000);
  },
};
