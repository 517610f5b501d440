using System.Buffers.Text;
using System.CommandLine;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using GuestSessions.Cli.Output;
using static GuestSessions.Cli.Commands.Make;

namespace GuestSessions.Cli.Commands;

/// <summary>Keys of the API. Nothing is sent: the service knows a key by its hash, which goes into its configuration.</summary>
internal static class KeysCommand
{
    private const int SecretBytes = 32;

    public static Command Make()
    {
        var create = Bare("new", "Makes a secret for callers, and its hash for the configuration of the service.");
        create.SetAction(parsed =>
        {
            var secret = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes));
            var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
            new Writer(parsed.GetValue(GlobalOptions.Output)).One(new JsonObject { ["secret"] = secret, ["secret_sha256"] = hash });
            Writer.Message("Give the secret to the caller, and secret_sha256 to the service. Neither is kept here.");
            return ExitCodes.Done;
        });
        return Bare("keys", "Makes API keys.", create);
    }
}
