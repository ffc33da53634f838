# What is made for packages alone, and CPack's settings. Included by packaging/CMakeLists.txt.
foreach(tool lowdown rsvg-convert)
    string(MAKE_C_IDENTIFIER "${tool}" variable)
    find_program(${variable} ${tool})
    if(NOT ${variable})
        message(FATAL_ERROR "${tool} is missing; run packaging/install-dependencies package")
    endif()
endforeach()

# Man pages and completions, from what the programs say of themselves.
set(made "${CMAKE_CURRENT_BINARY_DIR}/made")
set(programs dogwatch dogwatchd dogwatchctl dogwatchctl-demo dogwatchctl-bench dogwatch-build-image)
list(TRANSFORM programs REPLACE "(.+)" "${made}/man/\\1.1.gz" OUTPUT_VARIABLE pages)
file(GLOB texts CONFIGURE_DEPENDS "${CMAKE_CURRENT_SOURCE_DIR}/man/*.md")
add_custom_command(OUTPUT ${pages}
    COMMAND man/make-pages "${CMAKE_RUNTIME_OUTPUT_DIRECTORY}" "${made}/man" "${DOGWATCH_RELEASE_DATE}"
    WORKING_DIRECTORY "${CMAKE_CURRENT_SOURCE_DIR}"
    DEPENDS man/make-pages ${texts} image/build-image "${PROJECT_SOURCE_DIR}/docs/configuration.md"
            dogwatch dogwatchd dogwatchctl
    COMMENT "Making the man pages" VERBATIM)
set(completions "")
foreach(shell bash zsh fish)
    add_custom_command(OUTPUT "${made}/completion.${shell}"
        COMMAND dogwatchctl help completion --shell ${shell} > "${made}/completion.${shell}"
        DEPENDS dogwatchctl COMMENT "Making the completion for ${shell}" VERBATIM)
    list(APPEND completions "${made}/completion.${shell}")
endforeach()
set(icons "")
foreach(size 16 22 24 32 48 64 128 256 512)
    set(icon "${made}/icon-${size}.png")
    set(drawing "${PROJECT_SOURCE_DIR}/resources/icons/dogwatch.svg")
    add_custom_command(OUTPUT "${icon}"
        COMMAND rsvg-convert -w ${size} -h ${size} -o "${icon}" "${drawing}"
        DEPENDS "${drawing}" COMMENT "Drawing the icon, ${size} pixels" VERBATIM)
    list(APPEND icons "${icon}")
    install(FILES "${icon}" DESTINATION "${share}/icons/hicolor/${size}x${size}/apps"
        RENAME org.dogwatch.Console.png COMPONENT console)
endforeach()
add_custom_target(package_files ALL DEPENDS ${pages} ${completions} ${icons})

install(FILES "${made}/man/dogwatch.1.gz" DESTINATION "${CMAKE_INSTALL_MANDIR}/man1" COMPONENT console)
list(REMOVE_ITEM pages "${made}/man/dogwatch.1.gz")
install(FILES ${pages} DESTINATION "${CMAKE_INSTALL_MANDIR}/man1" COMPONENT daemon)
install(FILES "${made}/completion.bash" DESTINATION "${share}/bash-completion/completions" RENAME dogwatchctl
    COMPONENT daemon)
install(FILES "${made}/completion.zsh" DESTINATION "${share}/zsh/vendor-completions" RENAME _dogwatchctl
    COMPONENT daemon)
install(FILES "${made}/completion.fish" DESTINATION "${share}/fish/vendor_completions.d" RENAME dogwatchctl.fish
    COMPONENT daemon)

set(DOGWATCH_IMAGE "${PROJECT_SOURCE_DIR}/build/image/current" CACHE PATH "The guest image to package")
# `current` is a link to the image: what it leads to when the package is made is taken.
install(CODE "
    file(REAL_PATH \"${DOGWATCH_IMAGE}\" built_image)
    if(NOT EXISTS \"\${built_image}/manifest.json\")
        message(FATAL_ERROR \"There is no guest image in ${DOGWATCH_IMAGE}; make image builds one\")
    endif()
    file(INSTALL DESTINATION \"\${CMAKE_INSTALL_PREFIX}/${private}/image\" TYPE DIRECTORY FILES \"\${built_image}/\"
        FILE_PERMISSIONS OWNER_READ OWNER_WRITE GROUP_READ WORLD_READ)" COMPONENT image)

# What each Debian package has of this kind: changelog, copyright, what lintian shall know.
file(MAKE_DIRECTORY "${made}/man")
execute_process(COMMAND gzip -9nc "${CMAKE_CURRENT_SOURCE_DIR}/debian/changelog" OUTPUT_FILE "${made}/changelog.gz")
file(READ debian/copyright copyright)
file(READ debian/copyright.image more)
file(WRITE "${made}/copyright.image" "${copyright}${more}")
foreach(pair console:dogwatch daemon:dogwatchd image:dogwatch-image)
    string(REPLACE ":" ";" pair "${pair}")
    list(GET pair 0 component)
    list(GET pair 1 package)
    install(FILES "${made}/changelog.gz" DESTINATION "${share}/doc/${package}" COMPONENT ${component})
    set(copyright "${CMAKE_CURRENT_SOURCE_DIR}/debian/copyright")
    if(component STREQUAL image)
        set(copyright "${made}/copyright.image")
    endif()
    install(FILES "${copyright}" DESTINATION "${share}/doc/${package}" RENAME copyright COMPONENT ${component})
    if(EXISTS "${CMAKE_CURRENT_SOURCE_DIR}/debian/${package}.lintian-overrides")
        install(FILES debian/${package}.lintian-overrides DESTINATION "${share}/lintian/overrides" RENAME ${package}
            COMPONENT ${component})
    endif()
endforeach()
set(PROGRAMS "/usr/bin/dogwatch")
configure_file(debian/stop-programs "${made}/console/prerm" @ONLY)
set(PROGRAMS "/usr/bin/dogwatchd /usr/bin/dogwatchctl /usr/bin/dogwatchctl-demo /usr/bin/dogwatchctl-bench")
configure_file(debian/stop-programs "${made}/daemon/prerm" @ONLY)

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME dogwatch)
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "")  # each package says its own
set(CPACK_PACKAGE_CONTACT "${DOGWATCH_MAINTAINER}")
set(CPACK_PACKAGE_DIRECTORY "${PROJECT_BINARY_DIR}/packages")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE
    WORLD_READ WORLD_EXECUTE)
set(CPACK_COMPONENTS_ALL console daemon image)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
set(CPACK_DEBIAN_PACKAGE_HOMEPAGE "${DOGWATCH_HOMEPAGE}")
set(CPACK_DEBIAN_PACKAGE_SECTION admin)
set(CPACK_DEBIAN_PACKAGE_PRIORITY optional)
set(CPACK_THREADS 0)

set(CPACK_DEBIAN_CONSOLE_PACKAGE_NAME dogwatch)
set(CPACK_DEBIAN_CONSOLE_PACKAGE_SHLIBDEPS ON)
# The SVG plugin and fonts are asked for at run time only.
set(CPACK_DEBIAN_CONSOLE_PACKAGE_DEPENDS
    "dogwatchd (= ${PROJECT_VERSION}), libqt6svg6, fonts-dejavu-core | fonts-inter | fonts-noto-core")
# The translations are inside; Qt's own texts (buttons of dialogs, menus of fields) have a package of their own.
set(CPACK_DEBIAN_CONSOLE_PACKAGE_RECOMMENDS "fonts-inter, qt6-translations-l10n, qt6-wayland")
set(CPACK_DEBIAN_CONSOLE_PACKAGE_CONTROL_EXTRA "${made}/console/prerm")
set(CPACK_DEBIAN_CONSOLE_DESCRIPTION "console to run code in virtual machines and watch it
Dogwatch runs your code in small virtual machines and keeps watch over what
happens: every execution leaves a record, you say which patterns in those
records matter, and more of your code runs when they come true.

This package holds the desktop console: functions, executions, the drawing
of metaevents, virtual machines and the journal, live.")

set(CPACK_DEBIAN_DAEMON_PACKAGE_NAME dogwatchd)
set(CPACK_DEBIAN_DAEMON_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_DAEMON_PACKAGE_DEPENDS "qemu-system-x86")
set(CPACK_DEBIAN_DAEMON_PACKAGE_RECOMMENDS "dogwatch-image (= ${PROJECT_VERSION}), tzdata")
set(CPACK_DEBIAN_DAEMON_PACKAGE_SUGGESTS "dogwatch, binutils, erofs-utils, lz4, python3")
set(CPACK_DEBIAN_DAEMON_PACKAGE_CONTROL_EXTRA "${made}/daemon/prerm")
set(CPACK_DEBIAN_DAEMON_DESCRIPTION "control plane that runs code in virtual machines and watches it
Dogwatch runs your code in small virtual machines and keeps watch over what
happens: every execution leaves a record, you say which patterns in those
records matter, and more of your code runs when they come true.

This package holds the control plane dogwatchd, a service of each user that
wants it, its command line dogwatchctl, and dogwatch-build-image, which makes
a guest image of your own.")

set(CPACK_DEBIAN_IMAGE_PACKAGE_NAME dogwatch-image)
set(CPACK_DEBIAN_IMAGE_PACKAGE_ENHANCES dogwatchd)
set(CPACK_DEBIAN_IMAGE_DESCRIPTION "guest image for the virtual machines of Dogwatch
What the virtual machines of Dogwatch boot: a Linux kernel, the agent, and a
read-only disk each for the runtimes Python, Node.js, Lua and for programs
that speak the AWS Lambda runtime API.")
include(CPack)
