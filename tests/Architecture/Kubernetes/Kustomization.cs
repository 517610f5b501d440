using YamlDotNet.RepresentationModel;

namespace GuestSessions.Architecture.Tests.Kubernetes;

/// <summary>
/// What <c>kubectl kustomize</c> makes of a folder, for the part of kustomize that ours use: resources, a namespace, patches that
/// merge by kind and name, and tags of images. Anything else in a kustomization is an error.
/// </summary>
internal static class Kustomization
{
    private static readonly string[] Known = ["apiVersion", "kind", "resources", "namespace", "patches", "images"];

    /// <summary>Lists whose items belong together by this member.</summary>
    private static readonly string[] Keys = ["name", "mountPath", "containerPort", "port"];

    /// <summary>The objects of a folder, each as a document.</summary>
    public static IReadOnlyList<YamlMappingNode> Build(string folder)
    {
        var kustomization = Documents(Path.Combine(folder, "kustomization.yaml")).Single();
        Assert.All(kustomization.Children.Keys, static key => Assert.Contains(((YamlScalarNode)key).Value, Known));
        List<YamlMappingNode> objects = [];
        foreach (var resource in Items(kustomization, "resources").Select(Text))
        {
            var path = Path.Combine(folder, resource);
            objects.AddRange(Directory.Exists(path) ? Build(path) : Documents(path));
        }

        foreach (var patch in Items(kustomization, "patches").SelectMany(patch => Documents(Path.Combine(folder, Text(patch["path"])))))
            Merge(objects.Single(one => IdOf(one) == IdOf(patch)), patch);
        if (kustomization.Children.TryGetValue("namespace", out var space))
            objects.ForEach(one => ((YamlMappingNode)one["metadata"]).Children["namespace"] = space);
        foreach (var image in Items(kustomization, "images"))
        {
            foreach (var container in objects.SelectMany(Containers).Where(container => Text(container["image"]) == Text(image["name"])))
                container.Children["image"] = $"{Text(image["name"])}:{Text(image["newTag"])}";
        }

        return objects;
    }

    /// <summary>Documents of a file, or of a text with all of them.</summary>
    public static List<YamlMappingNode> Documents(string file)
    {
        using var reader = new StreamReader(file);
        var yaml = new YamlStream();
        yaml.Load(reader);
        return [.. yaml.Documents.Select(static document => (YamlMappingNode)document.RootNode)];
    }

    public static string Write(YamlMappingNode document)
    {
        using var text = new StringWriter();
        new YamlStream(new YamlDocument(document)).Save(text, assignAnchors: false);
        return text.ToString().Replace("\n...", "", StringComparison.Ordinal);
    }

    public static string Text(YamlNode node) => ((YamlScalarNode)node).Value!;

    private static void Merge(YamlMappingNode target, YamlMappingNode patch)
    {
        foreach (var (key, value) in patch.Children)
        {
            if (!target.Children.TryGetValue(key, out var before))
                target.Children[key] = value;
            else if (before is YamlMappingNode section && value is YamlMappingNode changes)
                Merge(section, changes);
            else if (before is YamlSequenceNode items && value is YamlSequenceNode others)
                Merge(items, others);
            else
                target.Children[key] = value;
        }
    }

    /// <summary>What is patched comes first, as with kustomize.</summary>
    private static void Merge(YamlSequenceNode target, YamlSequenceNode patch)
    {
        List<YamlNode> first = [];
        foreach (var item in patch.Cast<YamlMappingNode>())
        {
            var key = Keys.First(key => item.Children.ContainsKey(key));
            var known = target.OfType<YamlMappingNode>().FirstOrDefault(one => Text(one[key]) == Text(item[key]));
            if (known is not null)
                Merge(known, item);
            first.Add(known ?? item);
        }

        YamlNode[] all = [.. first, .. target.Except(first)];
        target.Children.Clear();
        Array.ForEach(all, target.Add);
    }

    private static (string, string) IdOf(YamlMappingNode one) => (Text(one["kind"]), Text(one["metadata"]["name"]));

    private static IEnumerable<YamlMappingNode> Containers(YamlMappingNode one) =>
        one.Children.TryGetValue("spec", out var spec) && spec is YamlMappingNode { Children: var parts }
            && parts.TryGetValue("template", out var template)
            ? ((YamlSequenceNode)template["spec"]["containers"]).Cast<YamlMappingNode>()
            : [];

    private static IEnumerable<YamlNode> Items(YamlMappingNode one, string key) =>
        one.Children.TryGetValue(key, out var items) ? (YamlSequenceNode)items : [];
}
