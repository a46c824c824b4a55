import assert from 'node:assert/strict';
import { LANGUAGES } from '../../../server/src/languages/languages.ts';
import { typeMismatches } from '../../../server/src/languages/terraform/typeMismatches.ts';
import { undefinedReferences } from '../../../server/src/languages/terraform/undefinedReferences.ts';
import { workspaceProject } from '../../../server/src/languages/terraform/workspaceProject.ts';
import { World } from '../../../server/src/workspace/world.ts';

function projectWith(files: Readonly<Record<string, string>>) {
  const world = new World(LANGUAGES);
  world.apply(Object.entries(files).map(([path, text]) => ({ uri: `file:///shop/${path}`, text })));
  const { graph } = world.snapshot();
  const project = workspaceProject(graph);
  const problems = (folder: string) => {
    const module = project.moduleAt(`file:///shop/${folder}`.replace(/\/$/, ''))!;
    return [...undefinedReferences(project, module), ...typeMismatches(project, module)].map(({ message }) => message);
  };
  return { graph, project, problems };
}

const LIST = JSON.stringify({
  Modules: [
    { Key: '', Source: '', Dir: '.' },
    {
      Key: 'network',
      Source: 'registry.terraform.io/example/network/aws',
      Version: '1.0.0',
      Dir: '.terraform/modules/network',
    },
    { Key: 'network.subnets', Source: './modules/subnets', Dir: '.terraform/modules/network/modules/subnets' },
  ],
});
const ROOT =
  'module "network" {\n  source = "example/network/aws"\n  cidr = 1\n}\noutput "a" {\n  value = module.network.gone\n}\n';
const INSTALLED = {
  '.terraform/modules/network/main.tf':
    'variable "cidrs" {}\nmodule "subnets" {\n  source = "./modules/subnets"\n}\noutput "id" {\n  value = module.subnets.id\n}\n',
  '.terraform/modules/network/modules/subnets/main.tf': 'output "id" {\n  value = 1\n}\n',
};

describe('modules that terraform init downloaded', () => {
  it('are followed by the list of modules', () => {
    const { problems, project } = projectWith({
      'main.tf': ROOT,
      '.terraform/modules/modules.json': LIST,
      ...INSTALLED,
    });
    assert.deepEqual(problems(''), [
      'The module network has no output gone.',
      'The module network declares no variable cidr.',
      'The module network needs the argument cidrs.',
    ]);
    assert.deepEqual(problems('.terraform/modules/network'), []);
    const subnets = project.moduleAt('file:///shop/.terraform/modules/network/modules/subnets')!;
    assert.deepEqual(
      project.callersOf(subnets).map(({ call }) => call.name),
      ['subnets'],
    );
  });

  it('are unknown without the list, or with a broken one', () => {
    assert.deepEqual(projectWith({ 'main.tf': ROOT, ...INSTALLED }).problems(''), []);
    for (const text of ['', '{', '[]', '{"Modules": [1, null, {"Key": 2}]}']) {
      const files = { 'main.tf': ROOT, '.terraform/modules/modules.json': text, ...INSTALLED };
      assert.deepEqual(projectWith(files).problems(''), [], text);
    }
  });

  it('are no files of the workspace that rules look at', () => {
    const { graph } = projectWith({ 'main.tf': ROOT, '.terraform/modules/modules.json': LIST, ...INSTALLED });
    assert.deepEqual(
      graph.all('terraform/File').map(({ uri }) => uri),
      ['file:///shop/main.tf'],
    );
  });
});

describe('a module with files in JSON', () => {
  it('holds more than is known, so nothing is called undeclared', () => {
    const { problems } = projectWith({
      'main.tf': 'locals {\n  a = var.region\n}\n',
      'vars.tf.json': '{"variable": {"region": {}}}',
    });
    assert.deepEqual(problems(''), []);
    assert.equal(projectWith({ 'main.tf': 'locals {\n  a = var.region\n}\n' }).problems('').length, 1);
  });
});
