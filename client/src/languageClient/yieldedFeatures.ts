/** The generic features that several extensions may give for one language. */
const FEATURES = [
  'completion',
  'hover',
  'outline',
  'folding',
  'formatting',
  'schema',
  'selection',
  'links',
  'highlight',
  'semanticTokens',
  'typing',
  'hints',
  'lenses',
] as const;
export type GenericFeature = (typeof FEATURES)[number];

/** The user's word on one feature: `auto` leaves it to another extension that gives it. */
export type FeatureChoice = 'auto' | 'on' | 'off';

interface OtherExtension {
  readonly id: string;
  readonly language: string;
  readonly gives: readonly GenericFeature[];
}

const EDITING: readonly GenericFeature[] = ['completion', 'hover', 'outline', 'folding', 'formatting'];

/** Extensions that give the generic features of a language that Slipway reads too. */
const OTHER_EXTENSIONS: readonly OtherExtension[] = [
  { id: 'redhat.vscode-yaml', language: 'yaml', gives: ['outline', 'folding', 'formatting', 'selection', 'typing'] },
  {
    id: 'docker.docker',
    language: 'dockerfile',
    gives: [...EDITING, 'links', 'highlight', 'semanticTokens', 'typing'],
  },
  { id: 'ms-azuretools.vscode-containers', language: 'dockerfile', gives: EDITING },
  { id: 'ms-azuretools.vscode-docker', language: 'dockerfile', gives: EDITING },
  {
    id: 'hashicorp.terraform',
    language: 'terraform',
    gives: [...EDITING, 'schema', 'links', 'semanticTokens', 'lenses'],
  },
  { id: 'helm-ls.helm-ls', language: 'helm', gives: EDITING },
];

/** What is known of the editor's other extensions and of the user's wishes. */
export interface FeatureSituation {
  isEnabled(extensionId: string): boolean;
  /** Red Hat YAML speaks of Kubernetes kinds only where its settings bind the Kubernetes schema to files. */
  readonly yamlKnowsKubernetes: boolean;
  choiceOf(feature: GenericFeature): FeatureChoice;
}

/** The features that the user wants from nobody: what only Slipway knows is not drawn either. */
export function switchedOff({ choiceOf }: Pick<FeatureSituation, 'choiceOf'>): GenericFeature[] {
  return FEATURES.filter((feature) => DRAWN.has(feature) && choiceOf(feature) === 'off');
}

/** Features that are seen all the time. Of the others, `off` means the part that any extension of the language gives. */
const DRAWN: ReadonlySet<GenericFeature> = new Set(['links', 'semanticTokens', 'hints', 'lenses']);

/** The features that the server leaves to other extensions, by language id. */
export function yieldedFeatures(situation: FeatureSituation): Record<string, GenericFeature[]> {
  const languages = [...new Set(OTHER_EXTENSIONS.map(({ language }) => language))];
  return Object.fromEntries(
    languages.map((language) => {
      const given = OTHER_EXTENSIONS.filter((other) => other.language === language && situation.isEnabled(other.id));
      const features = new Set(given.flatMap(({ gives }) => gives));
      if (language === 'yaml' && given.length > 0 && situation.yamlKnowsKubernetes) {
        for (const feature of ['completion', 'hover', 'schema'] as const) features.add(feature);
      }
      const yielded = FEATURES.filter((feature) => {
        const choice = situation.choiceOf(feature);
        return choice === 'off' || (choice === 'auto' && features.has(feature));
      });
      return [language, yielded];
    }),
  );
}
