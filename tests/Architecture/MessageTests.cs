using System.Reflection;
using GuestSessions.Grains.Contracts.Surrogates;
using Orleans;
using Orleans.CodeGeneration;

namespace GuestSessions.Architecture.Tests;

/// <summary>
/// What travels between silos of two versions: names by alias and members by number, so that both can be renamed.
/// </summary>
public sealed class MessageTests
{
    private const BindingFlags Own = BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    private static readonly List<Type> Messages = [.. Repository.TypesOf(Repository.Grains)
        .Where(static type => type.GetCustomAttribute<GenerateSerializerAttribute>() is not null)];

    /// <summary>What stands for the core's types on the wire. A surrogate's own name never travels.</summary>
    private static readonly List<Type> Surrogates = Messages.FindAll(static type => type.Namespace == typeof(CoreTypes).Namespace);

    private static readonly List<Type> Contracts = [.. Repository.TypesOf(Repository.Grains)
        .Where(static type => type.IsInterface && type.IsAssignableTo(typeof(IAddressable)))];

    [Fact]
    public void Every_message_and_contract_has_an_alias_of_its_own()
    {
        Assert.NotEmpty(Messages);
        Assert.NotEmpty(Contracts);
        var aliases = Messages.Except(Surrogates).Concat(Contracts).Select(AliasOf).Concat(CoreTypes.Names.Keys).ToList();
        Assert.Equal(aliases.Distinct(), aliases);
    }

    [Fact]
    public void Every_contract_has_a_version_so_that_silos_of_two_can_run_side_by_side() => Assert.All(
        Contracts, static contract => Assert.True(
            contract.IsDefined(typeof(VersionAttribute)), $"{contract.Name} has no [Version(1)]."));

    [Fact]
    public void Every_call_of_a_contract_has_an_alias() => Assert.All(
        Contracts.SelectMany(static contract => contract.GetMethods(Own)), static call => AliasOf(call));

    [Fact]
    public void Every_member_of_a_message_has_a_number_of_its_own() => Assert.All(
        Messages.Where(static message => !message.IsEnum && !message.IsAssignableTo(typeof(Exception))),
        static message =>
        {
            var members = message.GetProperties(Own).Where(static property => property.SetMethod is not null).ToList();
            Assert.All(members, member => Assert.True(
                member.GetCustomAttribute<IdAttribute>() is not null, $"{message.Name}.{member.Name} has no number."));
            var numbers = members.ConvertAll(static member => member.GetCustomAttribute<IdAttribute>()!.Id);
            Assert.Equal(numbers.Distinct(), numbers);
        });

    [Fact]
    public void Every_type_of_the_core_with_a_surrogate_has_a_name_on_the_wire()
    {
        Assert.NotEmpty(Surrogates);
        Assert.Equal(
            Surrogates.Select(static surrogate => surrogate.Name).Order(),
            CoreTypes.Names.Values.Select(static type => $"{type.Name}Surrogate").Order());
    }

    private static string AliasOf(MemberInfo member)
    {
        var alias = member.GetCustomAttribute<AliasAttribute>()?.Alias;
        Assert.True(alias is not null, $"{member.DeclaringType?.Name}.{member.Name} has no alias.");
        return alias;
    }
}
