import type { Language } from '../language.ts';
import type { DockerfileFile } from './dockerfileFile.ts';
import { dockerfileFoldings, dockerfileOutline } from './dockerfileOutline.ts';
import { ignoredByComments } from './ignoreComments.ts';
import { parseDockerfile } from './parseDockerfile.ts';

/** The resource type of a whole Dockerfile; its `model` is the `DockerfileFile`. */
export const DOCKERFILE = 'docker/Dockerfile';

/**
 * `Dockerfile`, `Dockerfile.dev`, `dev.Dockerfile`, `Containerfile`; never the ignore file that stands beside one, a text about
 * one, a copy that a tool left, or a template of which a Dockerfile is made.
 */
const FILE_NAME =
  /(?:^|\/)(?:[^/]*\.)?(?:Dockerfile|Containerfile)(?:\.(?!(?:dockerignore|md|txt|rst|html?|json|ya?ml|go|py|js|ts|sh|tmpl|tpl|template|jinja2?|j2|erb|mustache|hbs|gotmpl|in|m4|orig|rej|bak|swp|rego|vim|tm\w+|patch|diff|toml|xml|java|rs|rb)$)[^/]*)?$/i;

export const dockerfileLanguage: Language<DockerfileFile> = {
  id: 'dockerfile',
  files: FILE_NAME,
  claims: (_uri, text) => !text.includes('\0'),
  parse: (source) => parseDockerfile(source),
  facts: (file) => ({
    resources: [
      {
        type: DOCKERFILE,
        kind: 'Dockerfile',
        apiVersion: '',
        name: folderName(file.source.uri),
        namespace: undefined,
        root: file.roots[0]!,
        uri: file.source.uri,
        model: file,
      },
    ],
  }),
  ignores: ignoredByComments,
  outline: dockerfileOutline,
  foldings: dockerfileFoldings,
};

/** The folder that is built, which most often bears the service's name. */
function folderName(uri: string): string | undefined {
  return /([^/]+)\/[^/]*$/.exec(uri)?.[1];
}
