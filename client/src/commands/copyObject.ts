import { env } from 'vscode';
import { editableText } from '../cluster/objectText.ts';
import { objectPath } from '../cluster/resourceType.ts';
import { chosenObject } from './clusterArgument.ts';
import type { Command } from './command.ts';
import { withCancel } from './withCluster.ts';

/** Copies the name of an object. */
export const copyName: Command = {
  id: 'slipway.copyName',
  needsTrust: true,
  async run(_context, argument) {
    const { container, object } = chosenObject(argument);
    await env.clipboard.writeText(container ?? object.name);
  },
};

/** Copies an object as YAML, as one would write it in a manifest. Values of a Secret are masked. */
export const copyYaml: Command = {
  id: 'slipway.copyYaml',
  needsTrust: true,
  async run({ cluster }, argument) {
    const { context, name, object } = chosenObject(argument);
    const path = objectPath(object.type, object.namespace, object.name);
    const live = await withCancel(`Reading ${name}`, (signal) => cluster.api(context).get(path, signal));
    await env.clipboard.writeText(editableText(live));
  },
};
