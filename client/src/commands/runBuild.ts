import { ShellExecution, Task, TaskScope, tasks, Uri, workspace } from 'vscode';
import { Failure } from '../cluster/failure.ts';
import { askApplication } from './askApplication.ts';
import type { Command } from './command.ts';

/** Builds and tests the sources of an application with the command of its stack, as a task in the terminal. */
export const runBuild: Command = {
  id: 'slipway.runBuild',
  needsTrust: true,
  async run(context, argument) {
    const application = await askApplication(context, argument, 'Build and Test Sources');
    const words = application.stages.find(({ id }) => id === 'build')?.evidence[0]?.text;
    if (words === undefined) {
      throw new Failure('not-found', `The folder of ${application.name} has no build file that Slipway knows.`);
    }
    const folder = Uri.parse(application.folder);
    const scope = workspace.getWorkspaceFolder(folder) ?? TaskScope.Workspace;
    const execution = new ShellExecution(words, { cwd: folder.fsPath });
    const definition = { type: 'slipway', application: application.name };
    await tasks.executeTask(new Task(definition, scope, `${application.name}: ${words}`, 'slipway', execution));
  },
};
