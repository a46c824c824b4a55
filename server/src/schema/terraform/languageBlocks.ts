import { BACKENDS } from './backends.ts';
import { argument, block, body, OPEN_BODY } from './languageMembers.ts';
import { CONNECTION, PROVISIONERS } from './provisioners.ts';
import type { TerraformBody } from './terraformSchema.ts';

const CONDITION = body({
  condition: argument('b', 'An expression that must be true.', { required: true }),
  error_message: argument('s', 'What is said when the condition is false.', { required: true }),
});

const PRECONDITION = block(CONDITION, 'Must hold before this is planned or read.');
const POSTCONDITION = block(CONDITION, 'Must hold afterwards; may refer to `self`.');

const DEPENDS_ON = argument('d', 'What must exist first, where no reference says so already: a list of addresses.');

const REPETITION = {
  count: argument('n', 'How many instances there are. `count.index` numbers them, from 0.'),
  for_each: argument(
    'd',
    'One instance for each item of a map or set of strings; `each.key` and `each.value` give it.',
  ),
};

const PROVIDER = argument('d', 'The configuration of the provider to use, e.g. `aws.dns`.');

const LIFECYCLE = body({
  create_before_destroy: argument('b', 'Create the replacement before what it replaces is destroyed.'),
  prevent_destroy: argument('b', 'Refuse any plan that would destroy this.'),
  ignore_changes: argument('d', 'Attributes whose changes outside Terraform are left alone, or `all`.'),
  replace_triggered_by: argument('d', 'Replace this when one of these resources or attributes changes.'),
  precondition: PRECONDITION,
  postcondition: POSTCONDITION,
  action_trigger: block(
    body({
      events: argument('d', 'When: `before_create`, `after_create`, `before_update`, `after_update`.', {
        required: true,
      }),
      condition: argument('b', 'Only when this is true.'),
      actions: argument('d', 'The actions to run, in order.', { required: true }),
    }),
    'Runs actions around changes of this resource.',
  ),
});

/** What every resource takes, whatever its provider. */
export const RESOURCE_META: TerraformBody = body({
  ...REPETITION,
  provider: PROVIDER,
  depends_on: DEPENDS_ON,
  lifecycle: block(LIFECYCLE, 'How Terraform treats changes of this resource.', { atMostOne: true }),
  connection: block(CONNECTION, 'How the provisioners reach the machine.', { atMostOne: true }),
  provisioner: block(OPEN_BODY, 'Runs something after creation or before destruction. A last resort.', {
    labels: ['type'],
  }),
});

/** What every data source and every ephemeral resource takes. */
export const DATA_META: TerraformBody = body({
  ...REPETITION,
  provider: PROVIDER,
  depends_on: DEPENDS_ON,
  lifecycle: block(
    body({ precondition: PRECONDITION, postcondition: POSTCONDITION }),
    'Conditions that must hold before and after it is read.',
    { atMostOne: true },
  ),
});

export const MODULE_META: TerraformBody = body({
  source: argument('s', 'Where the module is: a path (`./network`), an address of a registry, or a URL.', {
    required: true,
  }),
  version: argument('s', 'Which versions of a module of a registry will do, e.g. `~> 5.0`.'),
  ...REPETITION,
  providers: argument('d', 'The configurations of providers that the module gets, by the names that it uses.'),
  depends_on: DEPENDS_ON,
});

export const PROVIDER_META: TerraformBody = body({
  alias: argument('s', 'Name of this further configuration; resources choose it with `provider = aws.name`.'),
  version: argument('s', 'Which versions will do.', {
    deprecation: 'Write the version in `required_providers` of a `terraform` block.',
  }),
});

const VARIABLE = body({
  type: argument('d', 'Type of the value: `string`, `number`, `bool`, `list(string)`, `object({ … })` …', {
    values: ['string', 'number', 'bool', 'any', 'list(string)', 'set(string)', 'map(string)'],
  }),
  description: argument('s', 'What it is for, in the words of those who set it.'),
  default: argument('d', 'The value when none is given. Without it the variable must be set.'),
  sensitive: argument('b', 'Keep the value out of the output of plan and apply.'),
  nullable: argument('b', 'Whether `null` may be given; `true` unless set.'),
  ephemeral: argument('b', 'Keep the value out of plan and state.'),
  validation: block(CONDITION, 'What the value must fulfil.'),
});

const OUTPUT = body({
  value: argument('d', 'What callers of this module get.', { required: true }),
  description: argument('s', 'What it is.'),
  sensitive: argument('b', 'Keep the value out of the output of plan and apply.'),
  ephemeral: argument('b', 'Keep the value out of plan and state.'),
  depends_on: DEPENDS_ON,
  precondition: PRECONDITION,
});

const WORKSPACES = body({
  name: argument('s', 'The one workspace to use.'),
  prefix: argument('s', 'What the names of the workspaces begin with.'),
  tags: argument('d', 'Tags of the workspaces to use.'),
  project: argument('s', 'Project of the workspaces.'),
});

const CLOUD = body({
  hostname: argument('s', 'Host of HCP Terraform or Terraform Enterprise; `app.terraform.io` unless set.'),
  organization: argument('s', 'The organization that owns the workspaces.'),
  token: argument('s', 'Token of the API. Better kept out of the files.', { sensitive: true }),
  workspaces: block(WORKSPACES, 'Which workspaces this configuration uses.', { atMostOne: true }),
});

const TERRAFORM = body({
  required_version: argument('s', 'Which versions of Terraform will do, e.g. `>= 1.9`.'),
  required_providers: block(OPEN_BODY, 'The providers of this module, with source and version.', { atMostOne: true }),
  backend: block(OPEN_BODY, 'Where the state is kept.', { labels: ['type'], atMostOne: true }),
  cloud: block(CLOUD, 'Keeps state and runs in HCP Terraform.', { atMostOne: true }),
  provider_meta: block(OPEN_BODY, 'What the module tells its provider of itself.', { labels: ['provider'] }),
  experiments: argument('d', 'Experimental parts of the language that this module uses.'),
  encryption: block(OPEN_BODY, 'Encrypts state and plan (OpenTofu).', { atMostOne: true }),
  language: argument('d', 'Edition of the language.'),
});

/** The blocks of a `.tf` file. Those of resources, data sources, providers and modules take more than stands here. */
export const CONFIGURATION: TerraformBody = body({
  terraform: block(TERRAFORM, 'Settings of Terraform itself: versions, providers, where the state is.'),
  provider: block(PROVIDER_META, 'Configures a provider.', { labels: ['name'] }),
  resource: block(RESOURCE_META, 'Something that Terraform creates, changes and destroys.', {
    labels: ['type', 'name'],
  }),
  data: block(DATA_META, 'Something that Terraform reads.', { labels: ['type', 'name'] }),
  ephemeral: block(DATA_META, 'Something that is read for the time of a run and never stored.', {
    labels: ['type', 'name'],
  }),
  variable: block(VARIABLE, 'An input of this module.', { labels: ['name'] }),
  output: block(OUTPUT, 'A value that this module gives.', { labels: ['name'] }),
  locals: block(OPEN_BODY, 'Names for values within this module.'),
  module: block(MODULE_META, 'Calls another module.', { labels: ['name'] }),
  moved: block(
    body({
      from: argument('d', 'The old address.', { required: true }),
      to: argument('d', 'The new address.', { required: true }),
    }),
    'Says that something has a new address, so that it is not destroyed and created anew.',
  ),
  import: block(
    body({
      to: argument('d', 'The address that it gets.', { required: true }),
      id: argument('s', 'What the provider calls it.'),
      identity: argument('d', 'What identifies it, instead of an id.'),
      provider: PROVIDER,
      for_each: REPETITION.for_each,
    }),
    'Takes over something that exists.',
  ),
  removed: block(
    body({
      from: argument('d', 'The address that it had.', { required: true }),
      lifecycle: block(
        body({ destroy: argument('b', 'Whether it is destroyed, or only forgotten.', { required: true }) }),
        'What becomes of it.',
        { atMostOne: true },
      ),
      provisioner: block(OPEN_BODY, 'Runs something before it is destroyed.', { labels: ['type'] }),
      connection: block(CONNECTION, 'How the provisioners reach the machine.', { atMostOne: true }),
    }),
    'Says that something is no longer managed.',
  ),
  check: block(
    body({
      assert: block(CONDITION, 'Must hold; a failure warns and does not stop the run.'),
      data: block(DATA_META, 'A data source for this check alone.', { labels: ['type', 'name'], atMostOne: true }),
    }),
    'Looks at the whole after every plan and apply.',
    { labels: ['name'] },
  ),
  action: block(OPEN_BODY, 'Something that a provider does on request.', { labels: ['type', 'name'] }),
});

/** `dynamic "ingress" { … }` */
export const DYNAMIC: TerraformBody = body({
  for_each: argument('d', 'One block for each item of this collection.', { required: true }),
  iterator: argument('d', 'Name of the item; the label of the block unless set.'),
  labels: argument('d', 'Labels of the blocks.'),
  content: block(OPEN_BODY, 'What each of the blocks holds.', { required: true, atMostOne: true }),
});

/** One entry of `required_providers`. */
export const REQUIRED_PROVIDER: TerraformBody = body({
  source: argument('s', 'Address of the provider, e.g. `hashicorp/aws`.'),
  version: argument('s', 'Which versions will do, e.g. `~> 6.0`.'),
  configuration_aliases: argument('d', 'Configurations that a caller must pass, e.g. `[aws.dns]`.'),
});

/** The body of a block whose first label decides, among Terraform's own. */
export function labelledBody(type: string, label: string): TerraformBody {
  const bodies = type === 'backend' ? BACKENDS : type === 'provisioner' ? PROVISIONERS : undefined;
  return bodies?.get(label) ?? OPEN_BODY;
}
