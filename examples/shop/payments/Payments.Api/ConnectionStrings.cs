using Npgsql;

namespace Payments.Api;

/// <summary>Joins a connection string with the password that its secret holds.</summary>
public static class ConnectionStrings
{
    /// <summary>The connection string <paramref name="name"/>; its password is the setting <c>name-password</c>.</summary>
    /// <exception cref="InvalidOperationException">There is no such connection string.</exception>
    public static string ConnectionString(this IHostApplicationBuilder builder, string name)
    {
        var text = builder.Configuration.GetConnectionString(name)
            ?? throw new InvalidOperationException($"ConnectionStrings:{name} is not set");
        var connection = new NpgsqlConnectionStringBuilder(text);
        if (builder.Configuration[$"{name}-password"] is { } password)
        {
            connection.Password = password;
        }
        return connection.ConnectionString;
    }
}
