import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { cacheFolder } from '../../scripts/cacheFolder.ts';
import { installOnce } from '../../scripts/installOnce.ts';
import { npm } from '../../scripts/npm.ts';
import { runProgram } from '../environment/processes/runProgram.ts';
import type { BenchProgram } from './benchServer.ts';

/** Other servers are measured in these versions; they are no dependencies of the project. */
const NPM_PEERS = ['yaml-language-server@2.0.0', 'dockerfile-language-server-nodejs@0.15.0'];
const TERRAFORM_PEER = 'github.com/hashicorp/terraform-ls@v0.39.0';

/** The servers that Slipway is measured beside, installed once into the cache folder. */
export interface Peers {
  readonly yaml: BenchProgram;
  readonly dockerfile: BenchProgram;
  /** Undefined, and said so, where there is no Go to build it. */
  readonly terraform: BenchProgram | undefined;
}

/** @param schemaFile - JSON schema of all manifests, which yaml-language-server would fetch from the network otherwise */
export async function installPeers(schemaFile: string, note: (words: string) => void): Promise<Peers> {
  const modules = path.join(await installFromNpm(note), 'node_modules');
  const terraform = await buildTerraformPeer(note);
  return {
    yaml: {
      name: 'yaml-language-server',
      command: process.execPath,
      args: [path.join(modules, 'yaml-language-server/bin/yaml-language-server'), '--stdio'],
      pulls: false,
      settings: {
        yaml: {
          validate: true,
          completion: true,
          hover: true,
          schemaStore: { enable: false },
          schemas: { [schemaFile]: '*.yaml' },
        },
      },
    },
    dockerfile: {
      name: 'dockerfile-language-server',
      command: process.execPath,
      args: [path.join(modules, 'dockerfile-language-server-nodejs/bin/docker-langserver'), '--stdio'],
      pulls: false,
    },
    terraform:
      terraform === undefined ? undefined : { name: 'terraform-ls', command: terraform, args: ['serve'], pulls: false },
  };
}

async function installFromNpm(note: (words: string) => void): Promise<string> {
  const home = path.join(cacheFolder(), 'bench', NPM_PEERS.join('+'));
  await installOnce(home, async (unfinished) => {
    note(`Installing ${NPM_PEERS.join(' and ')} beside the project …`);
    await writeFile(path.join(unfinished, 'package.json'), '{ "private": true }\n');
    await npm(['install', '--no-audit', '--no-fund', '--ignore-scripts', ...NPM_PEERS], unfinished);
  });
  return home;
}

async function buildTerraformPeer(note: (words: string) => void): Promise<string | undefined> {
  const home = path.join(cacheFolder(), 'bench', path.basename(TERRAFORM_PEER));
  if (!existsSync(home) && !onPath('go')) {
    note('terraform-ls is left out: there is no go on the PATH to build it.');
    return undefined;
  }
  await installOnce(home, async (unfinished) => {
    note(`Building ${TERRAFORM_PEER} beside the project …`);
    await runProgram('go', ['install', TERRAFORM_PEER], { environment: { GOBIN: unfinished } });
  });
  return path.join(home, 'terraform-ls');
}

/** Whether a program can be started by its name. */
export function onPath(program: string): boolean {
  return (process.env['PATH'] ?? '').split(path.delimiter).some((home) => existsSync(path.join(home, program)));
}
