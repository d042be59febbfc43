package com.mixpeek.operator.api.schema;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

@JsonClassDescription("Where the data comes from.")
@ValidationRule(
    value = "self.type != 'bucket' || has(self.bucketIds) != has(self.bucketId)",
    message = "a source of type bucket needs bucketIds (or the older bucketId, not both)")
@ValidationRule(
    value = "self.type != 'bucket' || (!has(self.collectionId) && !has(self.collectionIds))",
    message =
        "a source of type bucket cannot name collections: remove collectionId and collectionIds, or use type collection")
@ValidationRule(
    value = "self.type != 'bucket' || (!has(self.collectionRef) && !has(self.collectionRefs))",
    message =
        "a source of type bucket cannot name collections: remove collectionRef and collectionRefs, or use type collection")
@ValidationRule(
    value =
        "self.type != 'collection' || [has(self.collectionId), has(self.collectionIds), has(self.collectionRef), has(self.collectionRefs)].exists_one(x, x)",
    message =
        "a source of type collection needs exactly one of collectionId, collectionIds, collectionRef, collectionRefs")
@ValidationRule(
    value =
        "self.type != 'collection' || (!has(self.bucketIds) && !has(self.bucketId) && !has(self.sourceNamespaceId))",
    message =
        "a source of type collection cannot name buckets: remove bucketIds, bucketId and sourceNamespaceId, or use type bucket")
public final class CollectionSource {

  public enum Kind {
    bucket,
    collection
  }

  @Required
  @JsonPropertyDescription(
      "bucket: objects of one or more buckets; collection: documents of one or more other collections.")
  public Kind type;

  @Size(min = 1)
  @JsonPropertyDescription("The buckets to process, with type bucket.")
  public List<@Size(min = 1) String> bucketIds;

  @Size(min = 1)
  @JsonPropertyDescription("The API's older way to name one bucket, in place of bucketIds.")
  public String bucketId;

  @Size(min = 1)
  @JsonPropertyDescription(
      "The namespace that the buckets are in, with type bucket, where it is another one.")
  public String sourceNamespaceId;

  @Size(min = 1)
  @JsonPropertyDescription("The one collection to process, with type collection.")
  public String collectionId;

  @Size(min = 1)
  @JsonPropertyDescription("The collections to process, with type collection.")
  public List<@Size(min = 1) String> collectionIds;

  @JsonPropertyDescription(
      "The one collection to process, by name in place of collectionId, with type collection.")
  public ResourceRef collectionRef;

  @Size(min = 1)
  @JsonPropertyDescription(
      "The collections to process, by name in place of collectionIds, with type collection.")
  public List<ResourceRef> collectionRefs;

  @JsonPropertyDescription("The buckets that the source collections came from.")
  public List<String> inheritedBucketIds;

  @JsonPropertyDescription("Which objects or documents are processed, free-form; left out, all.")
  public ObjectNode sourceFilters;

  @JsonPropertyDescription("What the source is.")
  public String description;
}
