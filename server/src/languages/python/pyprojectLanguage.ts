import type { SourceNode } from '../../text/sourceNode.ts';
import { applicationFile } from '../../workspace/applications/applicationFiles.ts';
import type { Language, ParsedFile } from '../language.ts';
import { parseToml } from '../toml/parseToml.ts';
import { tomlOutline } from '../toml/tomlLanguage.ts';
import { normalisedName, type PythonRequirement, readRequirement } from './requirement.ts';

/** The resource type of a `pyproject.toml`; its `model` is the `PyprojectFile`. */
export const PYTHON_PROJECT = 'application/PythonProject';

export interface PyprojectFile extends ParsedFile {
  readonly language: 'pyproject';
  /** What is installed with the project: `project.dependencies`, and Poetry's own table. */
  readonly requirements: readonly PythonRequirement[];
  /** Every dependency stands here, and nothing says that another file names more. */
  readonly isWhole: boolean;
}

export const pyprojectLanguage: Language<PyprojectFile> = {
  id: 'pyproject',
  files: /(?:^|\/)pyproject\.toml$/,
  claims: (_uri, text) => !text.includes('\0'),

  parse(source) {
    const { root, problems } = parseToml(source);
    const listed = root.find('project', 'dependencies');
    const requirements = [...listedIn(listed), ...inPoetry(root.find('tool', 'poetry', 'dependencies'))];
    const isDynamic = root.find('project', 'dynamic')?.items.some((item) => item.text() === 'dependencies') ?? false;
    const isWhole = requirements.length > 0 && !isDynamic && problems.length === 0;
    return { language: 'pyproject', source, problems, roots: [root], requirements, isWhole };
  },

  facts: (file) => ({ resources: [applicationFile('PythonProject', file.roots[0]!, file)] }),
  outline: tomlOutline,
  foldings: (file) => file.roots.flatMap((root) => root.entries.map(({ span }) => span)),
};

function listedIn(list: SourceNode | undefined): PythonRequirement[] {
  return (list?.items ?? []).flatMap((item) => readRequirement(item.text() ?? '', item.span.start + 1) ?? []);
}

/** `name = "^1.2"` or `name = { version = "^1.2", extras = ["x"] }`; `python` is the interpreter. */
function inPoetry(table: SourceNode | undefined): PythonRequirement[] {
  return (table?.entries ?? []).flatMap((entry): PythonRequirement[] => {
    const { key, keySpan } = entry;
    if (key === undefined || !keySpan || key === 'python') return [];
    const extras = (entry.find('extras')?.items ?? []).flatMap((item) => normalisedName(item.text() ?? ''));
    const specifier = entry.text() ?? entry.text('version') ?? '';
    return [{ name: normalisedName(key), writtenName: key, nameSpan: keySpan, extras, specifier }];
  });
}
