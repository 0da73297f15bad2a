package dev.todo.client;

import dev.todo.client.generated.model.AccountPatchJson;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * What is to change of an account. What is not said stays as it is.
 *
 * <pre>{@code
 * todo.account().update(AccountPatch.change().timeZone(ZoneId.of("Europe/Berlin")));
 * }</pre>
 */
public final class AccountPatch extends View<AccountPatchJson> {
    private static final AccountPatch NOTHING = new AccountPatch(AccountPatchJson.EMPTY);

    private AccountPatch(AccountPatchJson json) {
        super(json);
    }

    /** Nothing, yet. */
    public static AccountPatch change() {
        return NOTHING;
    }

    /** Another name; null for none. */
    public AccountPatch name(@Nullable String name) {
        return new AccountPatch(json.name(name));
    }

    /** Another time zone, by its IANA name: tasks without a zone of their own move along. */
    public AccountPatch timeZone(ZoneId zone) {
        return new AccountPatch(json.timeZone(zone.getId()));
    }
}
