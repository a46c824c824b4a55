using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using OpenTelemetry.Trace;
using Prometheus;

namespace Microsoft.Extensions.Hosting;

/// <summary>What every service of the shop that is written in .NET has.</summary>
public static class Extensions
{
    /// <summary>Adds secrets from files, tracing, metrics on a port of their own and a liveness check.</summary>
    public static TBuilder AddServiceDefaults<TBuilder>(this TBuilder builder) where TBuilder : IHostApplicationBuilder
    {
        // A file for each secret, mounted by the cluster; on a developer's machine there is none.
        if (builder.Configuration["Secrets:Directory"] is { } directory)
        {
            builder.Configuration.AddKeyPerFile(directory);
        }

        builder.Services.AddHealthChecks().AddCheck("self", () => HealthCheckResult.Healthy(), ["live"]);
        builder.Services.AddServiceDiscovery();
        builder.Services.AddMetricServer(options => options.Port = builder.Configuration.GetValue<ushort>("Metrics:Port", 9090));

        var telemetry = builder.Services.AddOpenTelemetry().WithTracing(tracing => tracing
            .AddSource(builder.Environment.ApplicationName)
            .SetSampler(new ParentBasedSampler(new TraceIdRatioBasedSampler(0.05)))
            .AddAspNetCoreInstrumentation()
            .AddHttpClientInstrumentation()
            .AddSource("Npgsql"));
        if (!string.IsNullOrEmpty(builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]))
        {
            telemetry.WithTracing(tracing => tracing.AddOtlpExporter());
        }

        return builder;
    }

    /// <summary>Liveness asks the process alone; readiness asks what it cannot work without.</summary>
    public static WebApplication MapDefaultEndpoints(this WebApplication app)
    {
        app.UseHttpMetrics();
        app.MapHealthChecks("/healthz", new HealthCheckOptions { Predicate = check => check.Tags.Contains("live") });
        app.MapHealthChecks("/readyz", new HealthCheckOptions { Predicate = check => check.Tags.Contains("ready") });
        return app;
    }
}
