import { Uri, workspace } from 'vscode';
import { blockLine } from '../adapters/terraformClient.ts';
import type { TerraformPlan } from '../delivery/terraform/plan.ts';
import type { ViewItem } from '../views/viewItem.ts';
import type { Command } from './command.ts';
import { askTerraformFolder, withTerraform } from './withTerraform.ts';

/** Makes a plan and shows it as a tree whose lines lead to the blocks. Nothing is changed. */
export const terraformPlan: Command = {
  id: 'slipway.terraformPlan',
  needsTrust: true,
  async run(context, argument) {
    const folder = await askTerraformFolder(argument, 'Terraform Plan');
    const title = `terraform plan in ${folder}`;
    const saved = await withTerraform(context, folder, title, (terraform, signal) => terraform.plan(signal));
    const places = await placesOf(folder, saved.plan);
    await context.plans.show({ folder, folderName: workspace.asRelativePath(folder), saved, places });
  },
};

async function placesOf(folder: string, plan: TerraformPlan): Promise<Map<string, NonNullable<ViewItem['location']>>> {
  const places = new Map<string, NonNullable<ViewItem['location']>>();
  for (const { address, block } of [...plan.changes, ...plan.drift]) {
    const found = block && (await blockLine(folder, block));
    if (!found) continue;
    const start = { line: found.line, character: 0 };
    places.set(address, { uri: Uri.file(found.file).toString(), range: { start, end: start } });
  }
  return places;
}
