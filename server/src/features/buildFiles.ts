/** What a folder is built with, as its build file tells. */
export interface Stack {
  readonly language: string;
  /** The framework, where the build file names one. */
  readonly framework: string | undefined;
  /** The command that builds and tests it. */
  readonly command: string;
}

interface BuildFile {
  readonly name: RegExp;
  readonly language: string;
  readonly command: string;
  /** What the text names, and the framework that this means; the first that fits counts. */
  readonly frameworks: readonly (readonly [RegExp, string])[];
}

const JVM: BuildFile['frameworks'] = [
  [/spring-boot|org\.springframework\.boot/, 'Spring Boot'],
  [/quarkus/, 'Quarkus'],
  [/micronaut/, 'Micronaut'],
];
const PYTHON: BuildFile['frameworks'] = [
  [/^\W*flask\b/im, 'Flask'],
  [/^\W*fastapi\b/im, 'FastAPI'],
  [/^\W*django\b/im, 'Django'],
];

const BUILD_FILES: readonly BuildFile[] = [
  { name: /^pom\.xml$/, language: 'Java', command: 'mvn verify', frameworks: JVM },
  { name: /^build\.gradle(?:\.kts)?$/, language: 'Java', command: 'gradle build', frameworks: JVM },
  {
    name: /^(?:pyproject\.toml|requirements\.txt)$/,
    language: 'Python',
    command: 'python -m pytest',
    frameworks: PYTHON,
  },
  {
    name: /\.csproj$/,
    language: '.NET',
    command: 'dotnet test',
    frameworks: [
      [/Aspire\./, 'Aspire'],
      [/Microsoft\.NET\.Sdk\.Web/, 'ASP.NET Core'],
    ],
  },
  {
    name: /^Cargo\.toml$/,
    language: 'Rust',
    command: 'cargo test',
    frameworks: [
      [/^axum\b/m, 'Axum'],
      [/^actix-web\b/m, 'Actix'],
      [/^rocket\b/m, 'Rocket'],
    ],
  },
  {
    name: /^package\.json$/,
    language: 'Node.js',
    command: 'npm test',
    frameworks: [
      [/"@nestjs\/core"/, 'NestJS'],
      [/"next"/, 'Next.js'],
      [/"fastify"/, 'Fastify'],
      [/"express"/, 'Express'],
    ],
  },
  {
    name: /^go\.mod$/,
    language: 'Go',
    command: 'go test ./...',
    frameworks: [
      [/gin-gonic\/gin/, 'Gin'],
      [/labstack\/echo/, 'Echo'],
    ],
  },
];

/** Tells from a build file's name and text what is built; undefined for every other file. */
export function stackOf(fileName: string, text: string): Stack | undefined {
  const file = BUILD_FILES.find(({ name }) => name.test(fileName));
  if (!file) return undefined;
  const framework = file.frameworks.find(([sign]) => sign.test(text))?.[1];
  return { language: file.language, framework, command: file.command };
}

/** A file that says what a folder is built with. */
export function isBuildFile(fileName: string): boolean {
  return BUILD_FILES.some(({ name }) => name.test(fileName));
}
