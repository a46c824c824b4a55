using System.Net;
using System.Net.Http.Json;
using Microsoft.AspNetCore.Mvc.Testing;
using Xunit;

namespace Payments.Tests;

public sealed class ChargesTest(WebApplicationFactory<Program> application) : IClassFixture<WebApplicationFactory<Program>>
{
    [Fact]
    public async Task NothingIsChargedWithoutAToken()
    {
        using var http = application.CreateClient();
        using var response = await http.PostAsJsonAsync("/charges", new { orderId = 1, cents = 450, grams = 250, country = "DE" });

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Fact]
    public async Task TheProcessIsAliveWithoutADatabase()
    {
        using var http = application.CreateClient();

        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync("/healthz")).StatusCode);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await http.GetAsync("/readyz")).StatusCode);
    }
}
