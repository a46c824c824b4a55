/** The files of an ASP.NET Core application with EF Core and its AppHost, by their path below the folder. */
export function aspireSources(name: string): Readonly<Record<string, string>> {
  return {
    'Api/Api.csproj': API_PROJECT,
    'Api/Program.cs': PROGRAM,
    'Api/MainContext.cs': CONTEXT,
    'Api/appsettings.json': `{
  "ConnectionStrings": {
    "main": "Host=localhost;Port=5432;Database=${name};Username=${name};Maximum Pool Size=15;Timeout=3"
  }
}
`,
    'Api/Migrations/20260101000000_Initial.cs': MIGRATION,
    'AppHost/AppHost.csproj': HOST_PROJECT,
    'AppHost/Program.cs': HOST,
    Dockerfile: DOCKERFILE,
    '.dockerignore': '*\n!Api/\n**/bin/\n**/obj/\n',
  };
}

const API_PROJECT = `<Project Sdk="Microsoft.NET.Sdk.Web">

  <PropertyGroup>
    <TargetFramework>net9.0</TargetFramework>
    <Nullable>enable</Nullable>
    <ImplicitUsings>enable</ImplicitUsings>
  </PropertyGroup>

  <ItemGroup>
    <PackageReference Include="Microsoft.EntityFrameworkCore.Design" Version="9.0.11" PrivateAssets="All" />
    <PackageReference Include="Microsoft.Extensions.Diagnostics.HealthChecks.EntityFrameworkCore" Version="9.0.11" />
    <PackageReference Include="Npgsql.EntityFrameworkCore.PostgreSQL" Version="9.0.4" />
  </ItemGroup>

</Project>
`;

const PROGRAM = `using Api;
using Microsoft.EntityFrameworkCore;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddDbContextPool<MainContext>(options => options.UseNpgsql(
    builder.Configuration.GetConnectionString("main")));
builder.Services.AddHealthChecks().AddDbContextCheck<MainContext>(tags: ["ready"]);

var app = builder.Build();

if (args is ["migrate"])
{
    await using var scope = app.Services.CreateAsyncScope();
    await scope.ServiceProvider.GetRequiredService<MainContext>().Database.MigrateAsync();
    return;
}

app.MapHealthChecks("/healthz", new() { Predicate = _ => false });
app.MapHealthChecks("/readyz");
app.Run();
`;

const CONTEXT = `using Microsoft.EntityFrameworkCore;

namespace Api;

/// <summary>The database <c>main</c>.</summary>
public sealed class MainContext(DbContextOptions<MainContext> options) : DbContext(options);
`;

const MIGRATION = `using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Api.Migrations;

[DbContext(typeof(MainContext))]
[Migration("20260101000000_Initial")]
public sealed class Initial : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.CreateTable(
        name: "items",
        columns: table => new { Id = table.Column<long>(nullable: false) },
        constraints: table => table.PrimaryKey("PK_items", item => item.Id));

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.DropTable("items");
}
`;

const HOST_PROJECT = `<Project Sdk="Microsoft.NET.Sdk">

  <Sdk Name="Aspire.AppHost.Sdk" Version="9.5.2" />

  <PropertyGroup>
    <OutputType>Exe</OutputType>
    <TargetFramework>net9.0</TargetFramework>
    <ImplicitUsings>enable</ImplicitUsings>
    <IsAspireHost>true</IsAspireHost>
  </PropertyGroup>

  <ItemGroup>
    <PackageReference Include="Aspire.Hosting.AppHost" Version="9.5.2" />
    <PackageReference Include="Aspire.Hosting.PostgreSQL" Version="9.5.2" />
  </ItemGroup>

  <ItemGroup>
    <ProjectReference Include="..\\Api\\Api.csproj" />
  </ItemGroup>

</Project>
`;

const HOST = `var builder = DistributedApplication.CreateBuilder(args);

var main = builder.AddPostgres("postgres").WithDataVolume().AddDatabase("main");
var migrations = builder.AddProject<Projects.Api>("migrations").WithArgs("migrate").WithReference(main).WaitFor(main);
builder.AddProject<Projects.Api>("api").WithReference(main).WaitForCompletion(migrations);

builder.Build().Run();
`;

const DOCKERFILE = `# syntax=docker/dockerfile:1

FROM mcr.microsoft.com/dotnet/sdk:9.0.307-noble AS build
WORKDIR /src
COPY Api/Api.csproj Api/
RUN --mount=type=cache,target=/root/.nuget/packages dotnet restore Api
COPY Api/ Api/
RUN --mount=type=cache,target=/root/.nuget/packages \\
    dotnet publish Api --configuration Release --no-restore --output /out

FROM mcr.microsoft.com/dotnet/aspnet:9.0.11-noble-chiseled
WORKDIR /opt/app
COPY --from=build /out ./
USER 10001:10001
EXPOSE 8080
ENTRYPOINT ["dotnet", "Api.dll"]
`;
