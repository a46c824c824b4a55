import { readFile } from 'node:fs/promises';
import { Uri } from 'vscode';
import type { ApplicationNode } from '../../../protocol/slipwayProtocol.ts';
import { buildMounts } from '../delivery/buildMounts.ts';
import type { BuildRequest, SecretSource } from '../delivery/buildRequest.ts';
import { askBuilder } from './askBuilder.ts';
import { askBuildSecret } from './askBuildSecret.ts';
import { askBuildSsh } from './askBuildSsh.ts';
import type { CommandContext } from './command.ts';
import { buildOf } from './deliveryParts.ts';

/**
 * The build of an application with everything that its Dockerfile wants to be given: the builder where there is a choice,
 * and where its secrets and SSH connections come from. Their values are read by the build alone.
 */
export async function askBuild(
  { memory }: Pick<CommandContext, 'memory'>,
  application: ApplicationNode,
  reference: string,
  argument: unknown,
  title: string,
): Promise<BuildRequest> {
  const build = buildOf(application, reference);
  const mounts = buildMounts(await readFile(Uri.parse(application.dockerfile).fsPath, 'utf8'));
  const builder = await askBuilder(memory, application.folder, argument, title);
  const secrets: SecretSource[] = [];
  const ssh: string[] = [];
  for (const mount of mounts) {
    if (mount.kind === 'ssh') ssh.push(...(await askBuildSsh(mount, title)));
    else secrets.push(...(await askBuildSecret(memory, application.folder, mount, title)));
  }
  return { ...build, ...(builder === undefined ? {} : { builder }), secrets, ssh };
}
