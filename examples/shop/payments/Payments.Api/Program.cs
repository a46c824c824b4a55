using Microsoft.EntityFrameworkCore;
using Payments.Api;
using Polly;
using Shop.Shipping.V1;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();

// The password comes from a secret of its own; the connection string carries none.
builder.Services.AddDbContextPool<PaymentsContext>(options => options.UseNpgsql(
    builder.ConnectionString("payments")), poolSize: 64);
builder.Services.AddNpgsqlDataSource(builder.ConnectionString("ledger"), serviceKey: "ledger");
builder.Services.AddScoped<Ledger>();
builder.Services.AddScoped<Charging>();

builder.Services.AddAuthentication().AddJwtBearer();
builder.Services.AddAuthorization(options => options
    .AddPolicy("refund", policy => policy.RequireClaim("roles", "admin", "manager")));
builder.Services.AddHealthChecks().AddDbContextCheck<PaymentsContext>(tags: ["ready"]);

// The acquirer stands outside the mesh, so its retries are made here: twice more, with exponential
// back-off and jitter, all within 1.8 s. Charges carry an idempotency key.
builder.Services.AddHttpClient<Acquirer>(client => client.BaseAddress = new Uri(builder.Configuration["Acquirer:Address"]!))
    .AddStandardResilienceHandler(options =>
    {
        options.TotalRequestTimeout.Timeout = TimeSpan.FromMilliseconds(1800);
        options.AttemptTimeout.Timeout = TimeSpan.FromMilliseconds(500);
        options.Retry.MaxRetryAttempts = 2;
        options.Retry.Delay = TimeSpan.FromMilliseconds(50);
        options.Retry.BackoffType = DelayBackoffType.Exponential;
        options.Retry.UseJitter = true;
        options.CircuitBreaker.SamplingDuration = TimeSpan.FromSeconds(30);
        options.CircuitBreaker.MinimumThroughput = 20;
        options.CircuitBreaker.FailureRatio = 0.5;
        options.CircuitBreaker.BreakDuration = TimeSpan.FromSeconds(10);
        options.RateLimiter.DefaultRateLimiterOptions.PermitLimit = 50;
    });

// Shipping is in the mesh, which balances, breaks and keeps the connection; only the deadline is ours.
builder.Services.AddGrpcClient<Shipping.ShippingClient>(options =>
    options.Address = new Uri(builder.Configuration["Shipping:Address"]!));

var app = builder.Build();

if (args is ["migrate"])
{
    await using var scope = app.Services.CreateAsyncScope();
    await scope.ServiceProvider.GetRequiredService<PaymentsContext>().Database.MigrateAsync();
    await scope.ServiceProvider.GetRequiredService<Ledger>().MigrateAsync(CancellationToken.None);
    return;
}

app.MapDefaultEndpoints();
app.UseAuthentication();
app.UseAuthorization();
app.MapCharges();
app.Run();

/// <summary>Named so that the tests can start the application.</summary>
public partial class Program;
