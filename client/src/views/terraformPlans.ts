import { commands, type Disposable, window } from 'vscode';
import type { SavedPlan } from '../adapters/terraformClient.ts';
import { ServerTree } from './serverTree.ts';
import { type ChangePlaces, terraformPlanTree } from './terraformPlanTree.ts';

/** A plan that is shown, and the folder that it was made in. */
export interface ShownPlan {
  readonly folder: string;
  readonly folderName: string;
  readonly saved: SavedPlan;
  readonly places: ChangePlaces;
}

/** The plan that a person reviews: at most one, kept until it is applied, replaced, or the window closes. */
export class TerraformPlans implements Disposable {
  #shown: ShownPlan | undefined;
  readonly #tree = new ServerTree(async () =>
    this.#shown ? terraformPlanTree(this.#shown.saved.plan, this.#shown.folderName, this.#shown.places) : [],
  );
  readonly #registration = window.registerTreeDataProvider('slipway.terraformPlan', this.#tree);

  get shown(): ShownPlan | undefined {
    return this.#shown;
  }

  async show(plan: ShownPlan): Promise<void> {
    await this.#shown?.saved.dispose();
    this.#shown = plan;
    await commands.executeCommand('setContext', 'slipway.hasTerraformPlan', true);
    this.#tree.refresh();
    await commands.executeCommand('slipway.terraformPlan.focus');
  }

  /** Lets the plan go: it was applied, or its state is no longer the one that it was made for. */
  async clear(): Promise<void> {
    const former = this.#shown;
    this.#shown = undefined;
    await commands.executeCommand('setContext', 'slipway.hasTerraformPlan', false);
    this.#tree.refresh();
    await former?.saved.dispose();
  }

  dispose(): void {
    // The file of a plan can hold secrets; what cannot be deleted now lies in a folder that only the user may read.
    void this.#shown?.saved.dispose();
    this.#registration.dispose();
    this.#tree.dispose();
  }
}
