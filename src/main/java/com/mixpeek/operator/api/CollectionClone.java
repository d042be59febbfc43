package com.mixpeek.operator.api;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.mixpeek.operator.api.schema.CollectionOverrides;
import com.mixpeek.operator.api.schema.CollectionRef;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crd.generator.annotation.AdditionalSelectableField;
import io.fabric8.crd.generator.annotation.SchemaSwap;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;

@Group("mixpeek.com")
@Version("v1alpha1")
@Plural("collectionclones")
@Singular("collectionclone")
@ShortNames("cclone")
@JsonClassDescription("An order for one new Collection made from an existing one.")
@SchemaSwap(
    originalType = CloneSpec.class,
    fieldName = "sourceRef",
    targetType = CollectionRef.class)
@SchemaSwap(
    originalType = CloneSpec.class,
    fieldName = "overrides",
    targetType = CollectionOverrides.class)
@ValidationRule(
    value = CloneRules.FREEZE_SOURCE_REF,
    fieldPath = ".spec.sourceRef",
    message = "spec.sourceRef" + CloneRules.FROZEN + "create another CollectionClone")
@ValidationRule(
    value = CloneRules.FREEZE_OVERRIDES,
    fieldPath = ".spec.overrides",
    message = "spec.overrides" + CloneRules.FROZEN + "create another CollectionClone")
@ValidationRule(
    value = CloneRules.FREEZE_TARGET_NAME,
    fieldPath = ".spec.targetName",
    message = "spec.targetName" + CloneRules.FROZEN + "create another CollectionClone")
@ValidationRule(
    value = CloneRules.FREEZE_TARGET_METADATA,
    fieldPath = ".spec.targetMetadata",
    message =
        "spec.targetMetadata"
            + CloneRules.FROZEN
            + "label the target itself, or create another CollectionClone")
@ValidationRule(
    value = CloneRules.IMMUTABLE_CONNECTION_REF,
    fieldPath = ".spec.connectionRef",
    message = "spec.connectionRef is immutable: create another CollectionClone with the other one")
@Categories("mixpeek")
@AdditionalPrinterColumn(
    name = "ID",
    jsonPath = ".status.collectionId",
    getDescription = "The ID of what was made.")
@AdditionalSelectableField(jsonPath = ".status.collectionId")
public class CollectionClone extends CloneResource<CollectionCloneStatus> {}
