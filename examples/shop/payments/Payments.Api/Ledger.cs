using Dapper;
using Npgsql;

namespace Payments.Api;

/// <summary>The database <c>ledger</c>, which accounting owns: plain SQL, no model.</summary>
public sealed class Ledger([FromKeyedServices("ledger")] NpgsqlDataSource ledger)
{
    /// <summary>Books an amount once, however often it is asked for the same order and reason.</summary>
    public async Task BookAsync(long orderId, long cents, string reason, CancellationToken cancellation)
    {
        await using var connection = await ledger.OpenConnectionAsync(cancellation);
        await connection.ExecuteAsync(new CommandDefinition(
            "INSERT INTO entries (order_id, cents, reason) VALUES (@orderId, @cents, @reason) ON CONFLICT DO NOTHING",
            new { orderId, cents, reason },
            cancellationToken: cancellation));
    }

    /// <summary>Runs the scripts that travel with this assembly, in the order of their names. Each may run again.</summary>
    public async Task MigrateAsync(CancellationToken cancellation)
    {
        var assembly = typeof(Ledger).Assembly;
        await using var connection = await ledger.OpenConnectionAsync(cancellation);
        foreach (var name in assembly.GetManifestResourceNames().Where(name => name.EndsWith(".sql")).Order())
        {
            using var script = new StreamReader(assembly.GetManifestResourceStream(name)!);
            await connection.ExecuteAsync(new CommandDefinition(
                await script.ReadToEndAsync(cancellation), cancellationToken: cancellation));
        }
    }
}
