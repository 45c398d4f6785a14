package org.resticmanager.web.api;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import jakarta.json.bind.JsonbException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.resticmanager.host.HostId;
import org.resticmanager.maintenance.RetentionPreview;
import org.resticmanager.maintenance.RetentionPreviews;
import org.resticmanager.maintenance.RetentionWarning;
import org.resticmanager.platform.Invalid;
import org.resticmanager.platform.Page;
import org.resticmanager.snapshot.Selection;
import org.resticmanager.snapshot.SnapshotDetails;
import org.resticmanager.source.Retention;

/** What a retention would do to the snapshots of a source group. */
@Path("/hosts/{host}/source-groups/{group}/retention-preview")
@ApplicationScoped
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class RetentionPreviewResource {

  private static final Jsonb JSON = JsonbBuilder.create();

  @Inject private RetentionPreviews previews;

  /**
   * @param retention what was asked for; absent if it keeps everything
   * @param keptCount how many stay
   * @param removedCount how many go
   * @param kept the newest of those that stay, up to the limit
   * @param removed the newest of those that go, up to the limit
   * @param warnings what the author of the retention may not expect
   */
  public record PreviewRepresentation(
      RetentionRepresentation retention,
      int keptCount,
      int removedCount,
      List<SelectedRepresentation> kept,
      List<SelectedRepresentation> removed,
      List<WarningRepresentation> warnings) {

    static PreviewRepresentation of(RetentionPreview preview, int limit) {
      Selection selection = preview.selection();
      return new PreviewRepresentation(
          RetentionRepresentation.of(preview.retention()),
          selection.kept().size(),
          selection.removed().size(),
          selection.kept().stream()
              .limit(limit)
              .map(kept -> SelectedRepresentation.of(kept.snapshot(), kept.reasons()))
              .toList(),
          selection.removed().stream()
              .limit(limit)
              .map(removed -> SelectedRepresentation.of(removed, null))
              .toList(),
          preview.warnings().stream().map(WarningRepresentation::of).toList());
    }
  }

  /**
   * @param id restic's long id
   * @param shortId its first 8 digits
   * @param time when it was made, by the clock of the machine that made it
   * @param reasons why it stays, in restic's words; absent for one that goes
   */
  public record SelectedRepresentation(
      String id, String shortId, OffsetDateTime time, List<String> reasons) {

    static SelectedRepresentation of(SnapshotDetails snapshot, List<String> reasons) {
      return new SelectedRepresentation(
          snapshot.id(), snapshot.shortId(), snapshot.localTime(), reasons);
    }
  }

  /**
   * @param code for programs; never changes
   * @param detail for people
   */
  public record WarningRepresentation(String code, String detail) {

    static WarningRepresentation of(RetentionWarning warning) {
      return new WarningRepresentation(warning.code(), warning.words());
    }
  }

  /**
   * 200; nothing is changed. The body is the retention to look at; without one it is the one that
   * the source group has. 404; 422 if the retention breaks a rule.
   *
   * @param limit the most that are listed of those that stay, and of those that go
   */
  @POST
  @RolesAllowed("viewer")
  public PreviewRepresentation preview(
      @PathParam("host") String host,
      @PathParam("group") String group,
      @QueryParam("limit") @DefaultValue("100") int limit,
      String body) {
    return PreviewRepresentation.of(
        previews.of(HostId.parse(host), group, retention(body)), Page.requireLimit(limit));
  }

  private static Optional<Retention> retention(String body) {
    if (body == null || body.isBlank()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          RetentionRepresentation.retention(JSON.fromJson(body, RetentionRepresentation.class)));
    } catch (JsonbException e) {
      throw new Invalid("body", "must be a retention, as a JSON object");
    }
  }
}
