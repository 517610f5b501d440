using System.Collections;
using System.Reflection;
using System.Runtime.CompilerServices;
using GuestSessions.Core.Json;

namespace GuestSessions.Grains.Tests;

/// <summary>Values of which every member is set, and differs from the others.</summary>
internal static class FilledValue
{
    public static object Of(Type type)
    {
        var number = 0;
        return Of(type, ref number);
    }

    private static object Of(Type type, ref int number)
    {
        number++;
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type == typeof(string))
            return $"text-{number}";
        if (type == typeof(bool))
            return true;
        if (type == typeof(UInt128))
            return (UInt128)number;
        if (type == typeof(TimeSpan))
            return TimeSpan.FromSeconds(number);
        if (type == typeof(DateTimeOffset))
            return new DateTimeOffset(2026, 11, 23, 10, 0, 0, TimeSpan.Zero).AddSeconds(number);
        if (type == typeof(Utf8Json))
            return Utf8Json.Parse($$"""{"n":{{number}}}""");
        if (type == typeof(ReadOnlyMemory<byte>))
            return new ReadOnlyMemory<byte>([(byte)number]);
        if (type.IsEnum)
            return Enum.GetValues(type).GetValue(Enum.GetValues(type).Length - 1)!;
        if (type.IsPrimitive || type == typeof(decimal))
            return Convert.ChangeType(number, type, System.Globalization.CultureInfo.InvariantCulture);
        if (type.IsGenericType)
            return CollectionOf(type, ref number);
        return ObjectOf(type, ref number);
    }

    private static object CollectionOf(Type type, ref int number)
    {
        var arguments = type.GetGenericArguments();
        if (arguments is [var item])
        {
            var list = (IList)Activator.CreateInstance(typeof(List<>).MakeGenericType(item))!;
            list.Add(Of(item, ref number));
            list.Add(Of(item, ref number));
            return list;
        }

        var dictionary = (IDictionary)Activator.CreateInstance(typeof(Dictionary<,>).MakeGenericType(arguments))!;
        dictionary.Add(Of(arguments[0], ref number), Of(arguments[1], ref number));
        return dictionary;
    }

    private static object ObjectOf(Type type, ref int number)
    {
        var value = RuntimeHelpers.GetUninitializedObject(type);
        foreach (var member in type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(static member => member.SetMethod is not null))
            member.SetValue(value, Of(member.PropertyType, ref number));
        return value;
    }
}
